package parley.server;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Makes requests that nobody would send who means well: each from its number and the seed alone.
final class HostileRequests {
  private static final String SEND = "{\"clientId\":\"%s\",\"text\":\"Are you awake?\"}";

  /// What each operation would take, by its id.
  private static final Map<String, String> BODIES =
      bodies(
          "signUp",
          "{\"handle\":\"ann\",\"displayName\":\"Ann\",\"password\":\"" + Running.PASSWORD + "\"}",
          "signIn",
          "{\"handle\":\"ann\",\"password\":\"" + Running.PASSWORD + "\"}",
          "signInToDemo",
          "{\"handle\":\"ann\"}",
          "changeMe",
          "{\"displayName\":\"Ann\"}",
          "changePassword",
          "{\"current\":\"not that one\",\"new\":\"rowing at dusk\"}",
          "askErasure",
          "{\"password\":\"not that one\"}",
          "askExport",
          "{\"password\":\"not that one\"}",
          "claimErasure",
          "{\"code\":\"e-abcdefghijklmnopqrstuvwxyz\"}",
          "openConversation",
          "{\"participants\":[\"ben\"]}",
          "markRead",
          "{\"seq\":1}",
          "sendMessage",
          SEND,
          "editMessage",
          SEND,
          "reportMessage",
          "{\"clientId\":\"%s\",\"seq\":1,\"reason\":\"spam\"}",
          "keepMessages",
          "{\"clientId\":\"%s\",\"days\":7}",
          "changeConversation",
          "{\"folder\":\"archive\",\"muted\":true}");

  /// Names and bodies in turn: there are more than `Map.of` takes.
  private static Map<String, String> bodies(String... all) {
    Map<String, String> bodies = new HashMap<>();
    for (int i = 0; i < all.length; i += 2) {
      bodies.put(all[i], all[i + 1]);
    }
    return Map.copyOf(bodies);
  }

  private static final String[] VALUES = {
    "null",
    "true",
    "-1",
    "0",
    "1e400",
    "9223372036854775808",
    "1.5",
    "[]",
    "{}",
    "\"\"",
    "\" \"",
    "\"\\ud800\"",
    "\"\\udc00\\ud800\"",
    "\"\\u0000\"",
    "\"\\u202e\"",
    "[[]]",
    "{\"a\":1}",
    "NaN",
    "01",
    "+1",
    "'x'",
    "\"a\nb\"",
    "[\"ben\",\"ben\"]",
    "[null]",
    "999999999999999999999999999999",
  };
  private static final String[] METHODS = {
    "get",
    "BREW",
    "OPTIONS",
    "TRACE",
    "CONNECT",
    "PRI",
    "HEAD",
    "G\0T",
    "GE\u0001T",
    "GET\t",
    "",
    "DELETE",
    "PATCH",
    "M-SEARCH",
    "{}",
    "\u00e9",
    "A".repeat(300),
    "POST/",
    "\"GET\"",
    "%47ET",
  };
  private static final String[] PATHS = {
    "/",
    "*",
    "//",
    "/.",
    "/..",
    "/../../etc/passwd",
    "/api/../api/me",
    "/api/%2e%2e/me",
    "/api/me/",
    "/api//me",
    "/api/me%00",
    "/api/me\0",
    "/%61pi/me",
    "/api/me;a=b",
    "/api/me#x",
    "api/me",
    "",
    "http://a/api/me",
    "https://evil.example/",
    "/api/\u00e9",
    "/api/%c3%28",
    "/api/%zz",
    "/%",
    "/%f",
    "/api/conversations/%2e%2e/messages",
    "/api/conversations/../messages",
    "\\api\\me",
    "/api/me?",
    "/api/conversations/" + "c".repeat(3_000),
    "/" + "a".repeat(9_000),
    "/api/me\t",
    "/<script>",
    "/api/conversations/c-aaaaaaaaaaaaaaaaaaaaaaaaaa/../../me",
    "/" + "a/".repeat(1_500),
    "/\ufeff",
  };
  private static final String[] QUERIES = {
    "limit=-1",
    "limit=0",
    "limit=99999999999999999999",
    "limit=1e3",
    "limit=",
    "limit",
    "limit=%31",
    "limit=1&limit=2",
    "limit=0x10",
    "limit=%00",
    "limit=%",
    "limit=%f",
    "limit=%ff",
    "limit=\u0661",
    "before=0",
    "before=-1",
    "before=9223372036854775807",
    "after=1&before=1",
    "after=1000000000000",
    "folder=archive",
    "folder=INBOX",
    "folder=",
    "upTo=0",
    "upTo=1",
    "cursor=",
    "cursor=%00",
    "cursor=" + "A".repeat(600),
    "prefix=a",
    "prefix=%61%6e",
    "prefix=a%00",
    "prefix=an&prefix=an",
    "prefix=" + "a".repeat(40),
    "&&&&",
    "=",
    "==&=",
    "?",
    "a=b;c=d",
    "%61=%",
    "x=" + "y".repeat(3_500),
    "x=" + "y".repeat(12_000),
    "prefix=%F0%9F%98%80",
    "limit=1%0d%0aA:b",
  };
  private static final String[] HEADERS = {
    "Authorization: Bearer",
    "Authorization: Bearer ps_" + "a".repeat(43),
    "Authorization: Basic YTpi",
    "Authorization: Bearer ps_" + "a".repeat(12_000),
    "Authorization: \u00e9",
    "Authorization:",
    "Content-Type: text/plain",
    "Content-Type: application/json; charset=utf-16",
    "Content-Type:",
    "Content-Type: application/json, application/json",
    "Content-Encoding: gzip",
    "Expect: 100-continue",
    "Content-Encoding: identity",
    "Content-Encoding: br, br",
    "Expect: 200-ok",
    "Upgrade: h2c",
    "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__",
    "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: x",
    "Cookie: parley_session=x; parley_session=y",
    "Cookie: " + "a=b; ".repeat(500),
    "Cookie: =;=;",
    "Origin: null",
    "Origin: https://evil.example",
    "Origin: \u0001",
    "X-Request-Id: \u00ff",
    "X-Request-Id: a\tb",
    "X-Request-Id: a\r\nX-Request-Id: b",
    "X-Forwarded-For: 1.2.3.4, ,,x",
    "X-Forwarded-For: " + "1.2.3.4,".repeat(1_000),
    "Range: bytes=0-1",
    "If-None-Match: *",
    "TE: x",
    "Accept: x/y",
    "Accept-Encoding: gzip;q=0",
    "Host: b",
    "Host: a b",
    "Host: \u00e9",
    ": x",
    " a: b",
    "A B: c",
    "a\0b: c",
    "a: b\0c",
    "a",
    "A: b\r\n c",
    "A: b\r\n\tc",
    "\u00e9: a",
    "Trailer: Host",
    "Keep-Alive: timeout=99999999999",
    "Proxy-Connection: x",
    "Max-Forwards: -1",
    "X: " + "x".repeat(15_000),
    "X: " + "x".repeat(40_000),
    "A: b\n\n",
    "A: b\rC: d",
    "Connection: \u0001",
    "Content-Length: 1\0",
  };
  private static final String[] LENGTHS = {
    "-1",
    "+2",
    "0x2",
    "2, 2",
    "2,3",
    "",
    "99999999999999999999",
    "1e1",
    "2 2",
    "10000000000",
    "\u0662",
    "00000002",
    "2\r\nContent-Length: 2",
    "2\r\nContent-Length: 3",
    "abc",
    "2.0",
  };
  private static final String[] CODINGS = {
    "gzip, chunked",
    "chunked, gzip",
    "identity",
    "chunked\r\nTransfer-Encoding: chunked",
    "xchunked",
    "chunked\r\nContent-Length: 2",
    "Chunked",
    " chunked ",
    "\tchunked",
    "chunked;a=b",
    "\"chunked\"",
  };
  private static final String[] CHUNKS = {
    "zz\r\n{}\r\n0\r\n\r\n",
    "-1\r\n{}\r\n0\r\n\r\n",
    "2\r\n{}",
    "2\r\n{}0\r\n\r\n",
    "2\n{}\n0\n\n",
    "7fffffff\r\n{}",
    "ffffffffffffffff\r\n{}",
    "2;a=\"\r\n\"\r\n{}\r\n0\r\n\r\n",
    "0\r\n\r\n",
    "\r\n",
    "2;" + "x".repeat(9_000) + "\r\n{}\r\n0\r\n\r\n",
    "0x2\r\n{}\r\n0\r\n\r\n",
    " 2\r\n{}\r\n0\r\n\r\n",
    "2\r\n{}\r\n0\r\nHost: evil\r\nContent-Length: 5\r\n\r\n",
    "2\r\n{}\r\n0\r\n" + "T: x\r\n".repeat(3_000),
    "00000000000000000002\r\n{}\r\n0\r\n\r\n",
    "",
    "1\r\n{\r\n1\r\n}\r\n0\r\n\r\n",
    "2\r\n{}\r\n",
  };

  /// A line of the table of routes.
  record Operation(String method, String path, String id) {}

  /// What goes over the wire in portions; `methods` are those of its well-formed requests, in
  /// order. `must` is answered as a whole, whatever it is; the rest may also be hung up on. `half`
  /// closes this side after the last portion; `away` closes all of it without a look at the answer.
  record Request(
      int number,
      List<byte[]> portions,
      List<String> methods,
      boolean must,
      boolean half,
      boolean away,
      boolean slow) {
    @Override
    public String toString() {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      portions.forEach(all::writeBytes);
      String text = all.toString(StandardCharsets.ISO_8859_1);
      return "case "
          + number
          + ": "
          + (text.length() > 1_500 ? text.substring(0, 1_500) + "…" : text);
    }
  }

  private final long seed;
  private final List<Operation> operations;
  private final List<String> tokens;
  private final String conversation;

  HostileRequests(long seed, List<Operation> operations, List<String> tokens, String conversation) {
    this.seed = seed;
    this.operations = operations;
    this.tokens = tokens;
    this.conversation = conversation;
  }

  Request request(int number) {
    Random random = new Random(seed * 1_000_003 + number);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    List<String> methods = new ArrayList<>();
    boolean sane = true;
    int count = random.nextInt(12) == 0 ? 2 + random.nextInt(4) : 1;
    for (int i = 0; i < count; i++) {
      boolean last = i == count - 1;
      // Every route in turn.
      Operation operation = operations.get((number + i) % operations.size());
      sane &= one(random, operation, last, out, methods);
    }
    byte[] all = out.toByteArray();
    boolean away = random.nextInt(40) == 0;
    boolean slow = random.nextInt(300) == 0;
    boolean cut = random.nextInt(25) == 0;
    if (cut) {
      all = java.util.Arrays.copyOf(all, random.nextInt(all.length + 1));
    }
    return new Request(
        number,
        portions(random, all, slow),
        methods,
        sane && !cut && !away,
        !sane || cut || random.nextBoolean(),
        away,
        slow);
  }

  private static List<byte[]> portions(Random random, byte[] all, boolean slow) {
    List<byte[]> portions = new ArrayList<>();
    int count = slow ? 20 : random.nextInt(4) == 0 ? 2 + random.nextInt(3) : 1;
    int from = 0;
    for (int i = 1; i <= count; i++) {
      int to = i == count ? all.length : from + random.nextInt(Math.max(1, 2 * all.length / count));
      to = Math.min(all.length, to);
      portions.add(java.util.Arrays.copyOfRange(all, from, to));
      from = to;
    }
    return portions;
  }

  /// One request; whether it is so far well-formed that it must be answered as such.
  private boolean one(
      Random random,
      Operation operation,
      boolean last,
      ByteArrayOutputStream out,
      List<String> methods) {
    boolean sane = true;
    int trick = random.nextInt(14);
    String method = operation.method();
    String target =
        operation
            .path()
            .replace("{id}", id(random))
            .replace("{seq}", seq(random))
            .replace("{userId}", user(random))
            .replace("{code}", user(random).replace("u-", "x-"));
    String version = "HTTP/1.1";
    List<String> headers = new ArrayList<>();
    headers.add("Host: a");
    if (random.nextInt(8) != 0) {
      headers.add("Authorization: Bearer " + tokens.get(random.nextInt(tokens.size())));
    }
    if (operation.id().equals("unsendMessage")) {
      target += "?clientId=" + (random.nextInt(4) == 0 ? "x" : Running.clientId());
    } else if (random.nextInt(3) == 0 || operation.method().equals("GET")) {
      target += "?" + query(random);
    }
    switch (trick) {
      case 0 -> {
        method = pick(random, METHODS);
        sane = false;
      }
      case 1 -> {
        target = pick(random, PATHS);
        sane = false;
      }
      case 2 -> {
        version =
            pick(random, "HTTP/1.0", "HTTP/2.0", "HTTP/0.9", "http/1.1", "HTTP/1.11", "", "X");
        sane = false;
      }
      case 3, 4 -> {
        headers.add(random.nextInt(headers.size() + 1), pick(random, HEADERS));
        sane = false;
      }
      case 5 -> {
        headers.remove(random.nextInt(headers.size()));
        for (int i = random.nextInt(300); i > 0; i--) {
          headers.add("X-" + i + ": " + "v".repeat(random.nextInt(20)));
        }
        sane = false;
      }
      default -> {
        // The head is as it should be; the rest may still not be.
      }
    }
    if (last) {
      headers.add("Connection: close");
    }
    byte[] body = body(random, operation);
    byte[] framed = body;
    int framing = random.nextInt(10);
    if (framing == 0) {
      headers.add("Content-Length: " + pick(random, LENGTHS));
      sane = false;
    } else if (framing == 1) {
      headers.add("Transfer-Encoding: " + pick(random, CODINGS));
      framed = latin(pick(random, CHUNKS));
      sane = false;
    } else if (framing == 2) {
      headers.add("Transfer-Encoding: chunked");
      framed = random.nextBoolean() ? latin(pick(random, CHUNKS)) : chunked(random, body);
      sane = false;
    } else if (framing == 3 && body.length > 0) {
      headers.add("Content-Length: " + Math.max(0, body.length + random.nextInt(9) - 4));
      sane = false;
    } else if (body.length > 0 || random.nextBoolean()) {
      headers.add("Content-Length: " + body.length);
    }
    if (body.length > 0 && random.nextInt(10) != 0) {
      headers.add("Content-Type: application/json");
    }
    String end = random.nextInt(60) == 0 ? "\n" : "\r\n";
    sane &= end.length() == 2;
    out.writeBytes(latin(method + " " + target + " " + version + end));
    headers.forEach(header -> out.writeBytes(latin(header + end)));
    out.writeBytes(latin(end));
    out.writeBytes(framed);
    if (random.nextInt(100) == 0) {
      byte[] noise = new byte[random.nextInt(2_000)];
      random.nextBytes(noise);
      out.writeBytes(noise);
      sane = false;
    }
    methods.add(method);
    // More than the server reads to its end costs the connection, and with it perhaps the answer.
    return sane && target.length() < 3_900 && framed.length <= 512 * 1024;
  }

  private String id(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> "c-" + "a".repeat(26);
      case 1 ->
          pick(random, "c", "%00", "..", "%2e%2e", "c-" + "A".repeat(26), "%", "c".repeat(900));
      default -> conversation;
    };
  }

  private static String seq(Random random) {
    return random.nextInt(4) == 0
        ? pick(random, "0", "-1", "x", "%31", "1e3", "999999999999", "9".repeat(19), "\u0661", "..")
        : Integer.toString(1 + random.nextInt(40));
  }

  private static String user(Random random) {
    return random.nextInt(3) == 0
        ? pick(random, "u", "%00", "..", "u-" + "A".repeat(26), "u-" + "a".repeat(900))
        : "u-" + "a".repeat(26);
  }

  private static String query(Random random) {
    if (random.nextInt(4) == 0) {
      byte[] bytes = new byte[random.nextInt(90)];
      random.nextBytes(bytes);
      return "cursor=" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
    String query = pick(random, QUERIES);
    return random.nextInt(3) == 0 ? query + "&" + pick(random, QUERIES) : query;
  }

  private static byte[] body(Random random, Operation operation) {
    String valid = BODIES.getOrDefault(operation.id(), random.nextInt(5) == 0 ? "{}" : "");
    if (valid.contains("%s")) {
      valid = valid.formatted(random.nextInt(3) == 0 ? "x" : Running.clientId());
    }
    if (valid.isEmpty()) {
      return new byte[0];
    }
    return switch (random.nextInt(16)) {
      case 0 -> latin(pick(random, VALUES));
      case 1 ->
          latin(
              valid.replaceFirst(":\"[^\"]*\"", ":" + pick(random, VALUES).replace("\\", "\\\\")));
      case 2 ->
          latin(
              valid.replaceFirst(
                  "\\{", "{\"\\\\u0000x\":" + pick(random, VALUES).replace("\\", "\\\\") + ","));
      case 3 -> latin(valid.replace("}", "," + valid.substring(1)));
      case 4 -> latin("[".repeat(random.nextInt(30_000)));
      case 5 -> latin("{\"a\":".repeat(random.nextInt(5_000)) + "1" + "}".repeat(100));
      case 6 -> flipped(random, valid);
      case 7 -> latin(valid.substring(0, random.nextInt(valid.length())));
      case 8 -> latin(valid + pick(random, VALUES));
      case 9 ->
          latin(
              valid.replaceFirst(
                  "\"[^\"]*\"\\}", "\"" + "x".repeat(random.nextInt(70_000)) + "\"}"));
      case 10 -> random.nextInt(20) == 0 ? new byte[1_200_000] : new byte[random.nextInt(70_000)];
      case 11 -> valid.getBytes(StandardCharsets.UTF_16);
      case 12 -> latin("{\"seq\":" + "9".repeat(random.nextInt(3_000) + 1) + "}");
      case 13 -> latin("{" + "\"a\":1,".repeat(random.nextInt(3_000)) + "\"b\":1}");
      default -> latin(valid);
    };
  }

  private static byte[] flipped(Random random, String valid) {
    byte[] bytes = latin(valid);
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return bytes;
  }

  private static byte[] chunked(Random random, byte[] body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int from = 0; from < body.length; ) {
      int size = Math.min(body.length - from, 1 + random.nextInt(body.length < 100 ? 3 : 30_000));
      out.writeBytes(latin(Integer.toHexString(size) + "\r\n"));
      out.write(body, from, size);
      out.writeBytes(latin("\r\n"));
      from += size;
    }
    out.writeBytes(latin("0\r\n\r\n"));
    return out.toByteArray();
  }

  private static String pick(Random random, String... from) {
    return from[random.nextInt(from.length)];
  }

  private static byte[] latin(String text) {
    return text.getBytes(
        text.chars().allMatch(c -> c < 256) ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
  }
}
