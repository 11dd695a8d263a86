package parley.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import parley.messaging.account.Account;
import parley.messaging.account.Identities;
import parley.messaging.account.Identity;
import parley.store.AccountItems;
import parley.store.IdentityItems;

class PostConfirmationFunctionTest {
  private static final String ISSUER =
      "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_AbCdEfGhI";

  private final Rig rig = new Rig();
  private final PostConfirmationFunction function = new PostConfirmationFunction(rig.assembly());
  private final Identities identities =
      new Identities(
          new IdentityItems(rig.table), new AccountItems(rig.table), rig.clock, new SecureRandom());

  private static String event(String trigger, String userName, String attributes) {
    return """
    {
        "version": "1",
        "triggerSource": "%s",
        "region": "eu-central-1",
        "userPoolId": "eu-central-1_AbCdEfGhI",
        "userName": "%s",
        "callerContext": {"awsSdkVersion": "2.0.0", "clientId": "abcdefg1234567"},
        "request": {
            "userAttributes": {
                "cognito:user_status": "CONFIRMED",
                "email": "anna.k@example.com",
                "email_verified": "true"%s
            }
        },
        "response": {}
    }
    """
        .formatted(trigger, userName, attributes);
  }

  private static final String CONFIRMED = "PostConfirmation_ConfirmSignUp";

  private static String anna(String sub) {
    return event(CONFIRMED, "anna", ", \"sub\": \"" + sub + "\", \"name\": \"Anna Karenina\"");
  }

  @Test
  void whoHasConfirmedTheirSignUpHasAnAccount() {
    String event = anna("7d1f3c9e-0001");
    // The pool goes on with what it gets back.
    assertThat(Rig.invoke(function, event)).isEqualTo(event);
    Account anna = identities.account(new Identity(ISSUER, "7d1f3c9e-0001"));
    assertThat(anna.handle().value()).isEqualTo("anna");
    assertThat(anna.displayName().value()).isEqualTo("Anna Karenina");
  }

  @Test
  void calledAgainNobodyIsMade() {
    String event = anna("7d1f3c9e-0001");
    Rig.invoke(function, event);
    Account anna = identities.account(new Identity(ISSUER, "7d1f3c9e-0001"));
    assertThat(Rig.invoke(function, event)).isEqualTo(event);
    assertThat(Rig.invoke(new PostConfirmationFunction(rig.assembly()), event)).isEqualTo(event);
    assertThat(identities.account(new Identity(ISSUER, "7d1f3c9e-0001"))).isEqualTo(anna);
    assertThat(rig.printed().stream().filter(line -> line.contains("\"outcome\":\"made\"")))
        .hasSize(1);
    assertThat(rig.printed().stream().filter(line -> line.contains("\"outcome\":\"known\"")))
        .hasSize(2);
  }

  @Test
  void somebodyElseWithTheSameWishIsSomebodyElse() {
    Rig.invoke(function, anna("7d1f3c9e-0001"));
    Rig.invoke(function, anna("7d1f3c9e-0002"));
    assertThat(identities.account(new Identity(ISSUER, "7d1f3c9e-0002")).handle().value())
        .isEqualTo("anna2");
  }

  @Test
  void anAddressBecomesNoHandle() {
    String event = event(CONFIRMED, "anna.k@example.com", ", \"sub\": \"7d1f3c9e-0003\"");
    Rig.invoke(function, event);
    Account account = identities.account(new Identity(ISSUER, "7d1f3c9e-0003"));
    assertThat(account.handle().value()).isEqualTo("user");
    assertThat(account.displayName().value()).isEqualTo("user");
  }

  @Test
  void aForgottenPasswordMakesNobody() {
    String event =
        event("PostConfirmation_ConfirmForgotPassword", "anna", ", \"sub\": \"7d1f3c9e-0004\"");
    assertThat(Rig.invoke(function, event)).isEqualTo(event);
    assertThat(identities.account(new Identity(ISSUER, "7d1f3c9e-0004"))).isNull();
  }

  @Test
  void whoCannotBeToldFromOthersIsRefused() {
    assertThatThrownBy(() -> Rig.invoke(function, event(CONFIRMED, "anna", "")))
        .hasMessage("the event has no sub");
  }

  @Test
  void nothingOfThePersonIsPrinted() {
    Rig.invoke(function, anna("7d1f3c9e-0001"));
    assertThat(rig.printed())
        .hasSize(1)
        .noneMatch(line -> line.contains("Karenina"))
        .noneMatch(line -> line.contains("example.com"))
        .noneMatch(line -> line.contains("7d1f3c9e"));
  }
}
