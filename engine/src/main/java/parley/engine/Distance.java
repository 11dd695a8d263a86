package parley.engine;

import java.time.Duration;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// Lets requests wait as a network would.
final class Distance extends Handler.Wrapper {
  private final Duration away;

  private Distance(Handler behind, Duration away) {
    super(behind);
    this.away = away;
  }

  static Handler to(Handler behind, Duration away) {
    return away.isZero() ? behind : new Distance(behind, away);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Thread.sleep(away);
    return super.handle(request, response, callback);
  }
}
