package parley.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import parley.lambda.Metrics.Line;
import parley.lambda.Metrics.Unit;
import parley.messaging.account.Identities;
import parley.messaging.account.Identities.Introduced;
import parley.messaging.account.Identity;
import parley.messaging.account.Introduction;

/// The function that a Cognito user pool calls when somebody has confirmed their sign-up: they get
/// an account, once, however often it is called.
///
/// The pool expects its event back. Whatever else is answered fails the confirmation, and it is
/// called again.
public final class PostConfirmationFunction implements RequestStreamHandler {
  /// The pool also calls it after a forgotten password, which makes nobody new.
  private static final String CONFIRMED = "PostConfirmation_ConfirmSignUp";

  private final Assembly assembly;
  private final Identities identities;

  /// As Lambda makes it, when an instance starts.
  public PostConfirmationFunction() {
    this(Assembly.ofThisProcess());
  }

  PostConfirmationFunction(Assembly assembly) {
    this.assembly = assembly;
    this.identities = assembly.identities();
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    byte[] bytes = in.readAllBytes();
    Fields event = Fields.read(bytes);
    String outcome = CONFIRMED.equals(event.text("triggerSource")) ? introduce(event) : "passed";
    assembly
        .metrics()
        .write(
            new Line()
                .dimension("Function", "PostConfirmation")
                .metric("Introductions", Unit.COUNT, outcome.equals("made") ? 1 : 0)
                .property("outcome", outcome)
                .property("requestId", context.getAwsRequestId())
                .property("units", assembly.units().drain()));
    out.write(bytes);
  }

  private String introduce(Fields event) {
    Fields said = event.object("request").object("userAttributes");
    Identity identity = Identity.parse(issuer(event), said.required("sub")).orThrow();
    return switch (identities.introduce(identity, introduction(event, said))) {
      case Introduced.Known(var _, boolean isNew) -> isNew ? "made" : "known";
      // A pool confirms nobody whom it has deleted.
      case Introduced.Gone() -> "gone";
      case Introduced.NoHandle() ->
          throw new IllegalStateException(
              "No handle could be found for a new person. The pool will call again.");
    };
  }

  /// What the pool writes as `iss` into its tokens.
  private static String issuer(Fields event) {
    return "https://cognito-idp."
        + event.required("region")
        + ".amazonaws.com/"
        + event.required("userPoolId");
  }

  private static Introduction introduction(Fields event, Fields said) {
    String preferred = said.text("preferred_username");
    String sub = said.text("sub");
    String userName = event.text("userName");
    // Pools that people sign in to by their address name them by their subject.
    @Nullable String chosen = userName == null || userName.equals(sub) ? null : userName;
    String full =
        Stream.of(said.text("given_name"), said.text("family_name"))
            .filter(part -> part != null && !part.isBlank())
            .collect(Collectors.joining(" "));
    return Introduction.of(
        Arrays.asList(preferred, chosen, said.text("nickname"), said.text("name"), full),
        Arrays.asList(said.text("name"), full, said.text("nickname"), preferred));
  }
}
