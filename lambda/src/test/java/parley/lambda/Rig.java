package parley.lambda;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import parley.host.Variables;
import parley.store.Table;
import parley.store.TestClock;
import parley.store.TestTables;

/// What a function finds where it runs: a table, an environment, a clock, somewhere to print to.
final class Rig {
  static final String SECRET = Base64.getEncoder().encodeToString(new byte[32]);

  /// On a machine that is busy with something else nothing is given up for that.
  static final Patience PATIENT =
      new Patience(
          Duration.ofMinutes(1),
          Duration.ofMinutes(1),
          Duration.ofMinutes(1),
          Duration.ofMinutes(2));

  final Table table = TestTables.inMemory();
  final TestClock clock = new TestClock();
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final Map<String, String> variables =
      new HashMap<>(
          Map.of(
              Variables.TABLE,
              table.name(),
              Variables.SECRET,
              SECRET,
              Variables.PUBLIC_URL,
              "https://chat.example.com",
              "AWS_REGION",
              "eu-central-1"));

  Rig with(String variable, String value) {
    variables.put(variable, value);
    return this;
  }

  /// What an instance that starts now is made of.
  Assembly assembly() {
    return new Assembly(
        new Environment(variables),
        clock,
        new Metrics(new PrintStream(printed, true, StandardCharsets.UTF_8), clock),
        TestTables.engine()::client,
        PATIENT);
  }

  /// What was printed so far, line by line.
  List<String> printed() {
    return printed.toString(StandardCharsets.UTF_8).lines().toList();
  }

  /// What a function answers to an event.
  static String invoke(RequestStreamHandler function, String event) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      function.handleRequest(
          new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), out, CONTEXT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  static final String INVOCATION = "8f507cfc-example-4697-b07a-ac58fc914c95";

  /// What Lambda tells of an invocation. Only its id is asked for.
  static final Context CONTEXT =
      new Context() {
        @Override
        public String getAwsRequestId() {
          return INVOCATION;
        }

        @Override
        public String getLogGroupName() {
          return "group";
        }

        @Override
        public String getLogStreamName() {
          return "stream";
        }

        @Override
        public String getFunctionName() {
          return "function";
        }

        @Override
        public String getFunctionVersion() {
          return "1";
        }

        @Override
        public String getInvokedFunctionArn() {
          return "arn:aws:lambda:eu-central-1:000000000000:function:function";
        }

        @Override
        public CognitoIdentity getIdentity() {
          return null;
        }

        @Override
        public ClientContext getClientContext() {
          return null;
        }

        @Override
        public int getRemainingTimeInMillis() {
          return 30_000;
        }

        @Override
        public int getMemoryLimitInMB() {
          return 512;
        }

        @Override
        public LambdaLogger getLogger() {
          throw new UnsupportedOperationException("functions print by themselves");
        }
      };
}
