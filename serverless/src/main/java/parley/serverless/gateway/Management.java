package parley.serverless.gateway;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import parley.api.ApiRequest;
import parley.api.ApiResponse;
import parley.api.Contract;
import parley.api.Header;
import parley.api.HostRefusal;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// API Gateway's management API: functions write to a connection, look at it, or end it. It checks
/// no credentials, so it listens on this machine alone, and web pages are turned away.
final class Management implements Contract {
  private static final String CONNECTIONS = "/@connections/";

  private final SocketGateway gateway;

  Management(SocketGateway gateway) {
    this.gateway = gateway;
  }

  @Override
  public ApiResponse handle(ApiRequest request) {
    int begins = request.path().indexOf(CONNECTIONS);
    if (!request.all("Origin").isEmpty()) {
      return error(403, "ForbiddenException", "Web pages may not write to connections.");
    }
    if (begins < 0) {
      return error(404, "NotFoundException", "There are connections here, and nothing else.");
    }
    String id = QueryText.decoded(request.path().substring(begins + CONNECTIONS.length()));
    GatewaySocket socket = gateway.socket(id);
    if (socket == null) {
      return gone();
    }
    return switch (request.method()) {
      case "POST" -> post(socket, request);
      case "GET" -> described(socket);
      case "DELETE" -> {
        // As the service closes them.
        socket.end(1000, "");
        yield new ApiResponse(204, List.of(), new byte[0]);
      }
      default -> error(405, "BadRequestException", "Connections know POST, GET and DELETE.");
    };
  }

  private static ApiResponse post(GatewaySocket socket, ApiRequest request) {
    byte[] data = read(request);
    if (data == null) {
      return error(
          413,
          "PayloadTooLargeException",
          "A message has at most " + GatewayBounds.MESSAGE_BYTES + " bytes.");
    }
    return socket.send(new String(data, StandardCharsets.UTF_8))
        ? new ApiResponse(200, List.of(), new byte[0])
        : gone();
  }

  private static byte @Nullable [] read(ApiRequest request) {
    try {
      return request.body().read(GatewayBounds.MESSAGE_BYTES);
    } catch (IOException e) {
      // Whoever sent it is gone, and reads no answer.
      return null;
    }
  }

  private static ApiResponse described(GatewaySocket socket) {
    ObjectNode connection = JsonNodeFactory.instance.objectNode();
    connection.put("connectedAt", socket.caller().connectedAt().toString());
    connection.put("lastActiveAt", socket.lastActive().toString());
    connection.putObject("identity").put("sourceIp", socket.caller().sourceIp());
    return new ApiResponse(
        200,
        List.of(new Header("Content-Type", "application/json")),
        connection.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static ApiResponse gone() {
    return error(410, "GoneException", "The connection is gone.");
  }

  /// As the SDKs tell errors apart.
  private static ApiResponse error(int status, String type, String sentence) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("message", sentence);
    return new ApiResponse(
        status,
        List.of(
            new Header("Content-Type", "application/json"), new Header("x-amzn-ErrorType", type)),
        body.toString().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public ApiResponse refuse(HostRefusal refusal, List<Header> headers) {
    return error(400, "BadRequestException", "The request could not be read.");
  }
}
