package parley.server.live;

import io.helidon.webserver.websocket.WsConfig;
import parley.api.Api;
import parley.api.ApiRequest;
import parley.api.ApiResponse;
import parley.api.Connecting;
import parley.api.Live;
import parley.messaging.Limits;
import parley.messaging.event.Audience;

/// Connections for events, kept by this process.
public final class LiveUpgrader extends Upgrader {
  private final Api api;
  private final Audience audience;

  public LiveUpgrader(Api api, Audience audience) {
    super(
        // Larger frames are refused while they come.
        WsConfig.builder().maxFrameLength(Live.HEARD_BYTES).build(),
        // Whoever is silent for longer is ended by the audience.
        Limits.CONNECTION_SILENCE.plus(Limits.CONNECTION_FAREWELL));
    this.api = api;
    this.audience = audience;
  }

  @Override
  protected Decision decide(ApiRequest request) {
    return switch (api.connect(request)) {
      case Connecting.Refused(ApiResponse response) -> new Decision.Refused(response);
      case Connecting.Welcome(var session) ->
          new Decision.Accepted(Live.SUBPROTOCOL, new LiveSocket(api.live(), audience, session));
    };
  }
}
