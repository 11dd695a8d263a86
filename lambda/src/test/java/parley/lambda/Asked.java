package parley.lambda;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A request as an HTTP API hands it to a function: payload format 2.0.
final class Asked {
  private final Map<String, String> headers = new TreeMap<>();
  private final List<String> cookies = new ArrayList<>();
  private final String method;
  private final String path;
  private String query = "";
  private String body = "";
  private boolean base64;
  private String address = "203.0.113.7";

  Asked(String method, String path) {
    this.method = method;
    this.path = path;
    headers.put("host", "abc123.execute-api.eu-central-1.amazonaws.com");
    headers.put("x-forwarded-for", "198.51.100.9");
  }

  Asked header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  Asked token(String token) {
    return header("authorization", "Bearer " + token);
  }

  Asked cookie(String cookie) {
    cookies.add(cookie);
    return this;
  }

  Asked query(String query) {
    this.query = query;
    return this;
  }

  Asked json(String body) {
    this.body = body;
    return header("content-type", "application/json");
  }

  Asked base64() {
    body = Base64.getEncoder().encodeToString(body.getBytes(StandardCharsets.UTF_8));
    base64 = true;
    return this;
  }

  Asked from(String address) {
    this.address = address;
    return this;
  }

  /// Wrongly.
  Asked saidToBeBase64() {
    base64 = true;
    return this;
  }

  String event() {
    StringBuilder event =
        new StringBuilder("{\"version\":\"2.0\",\"routeKey\":\"$default\",\"rawPath\":")
            .append(quoted(path))
            .append(",\"rawQueryString\":")
            .append(quoted(query));
    if (!cookies.isEmpty()) {
      event.append(",\"cookies\":[");
      event.append(String.join(",", cookies.stream().map(Asked::quoted).toList()));
      event.append("]");
    }
    event.append(",\"headers\":{");
    event.append(
        String.join(
            ",",
            headers.entrySet().stream()
                .map(header -> quoted(header.getKey()) + ":" + quoted(header.getValue()))
                .toList()));
    // What nobody reads comes too, as it does from the platform.
    event.append(
        "},\"queryStringParameters\":{\"joined\":\"1,2\"},\"stageVariables\":{\"a\":\"b\"},");
    event.append("\"pathParameters\":{\"proxy\":\"joined\"},\"requestContext\":{");
    event.append("\"accountId\":\"000000000000\",\"apiId\":\"abc123\",\"authentication\":null,");
    event.append("\"authorizer\":{\"jwt\":{\"claims\":{\"sub\":\"else\"},\"scopes\":[\"one\"]}},");
    event.append("\"domainName\":\"abc123.example.com\",\"domainPrefix\":\"abc123\",");
    event.append("\"http\":{\"method\":").append(quoted(method));
    event.append(",\"path\":").append(quoted(path));
    event.append(",\"protocol\":\"HTTP/1.1\",\"sourceIp\":").append(quoted(address));
    event.append(",\"userAgent\":\"test\"},\"requestId\":\"JKJaXmPLvHcESHA=\",");
    event.append("\"routeKey\":\"$default\",\"stage\":\"$default\",");
    event.append("\"time\":\"04/Mar/2020:19:03:58 +0000\",\"timeEpoch\":1583348638390}");
    if (!body.isEmpty()) {
      event.append(",\"body\":").append(quoted(body));
    }
    return event.append(",\"isBase64Encoded\":").append(base64).append("}").toString();
  }

  /// A text as JSON has it.
  static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ') {
        quoted.append("\\u00").append(HexFormat.of().toHexDigits((byte) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
