package parley.api;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import parley.messaging.account.Account;
import parley.messaging.account.Identity;

/// Port: the identity providers whose word a deployment takes for who somebody is. In words:
/// docs/identity.md.
public interface Providers {
  /// None: people sign in with passwords alone.
  Providers NONE =
      new Providers() {
        @Override
        public List<Offered> offered() {
          return List.of();
        }

        @Override
        public @Nullable Departure depart(String provider, URI back, SignInFor purpose) {
          return null;
        }

        @Override
        public Arrival arrive(Departure departure, URI back, String query) {
          return new Arrival.Failed(Arrival.Why.REFUSED);
        }

        @Override
        public @Nullable Shown shown(String token) {
          return null;
        }

        @Override
        public List<String> marks(Identity identity, String said) {
          return List.of();
        }
      };

  /// One that people are offered: what it goes by in addresses, and what people call it.
  record Offered(String id, String name) {}

  /// Somebody who is sent to a provider. What it says when they come back must belong to `state`
  /// and `nonce`, and its code is of use only with `verifier` (PKCE).
  record Departure(
      String provider, URI to, String state, String nonce, String verifier, SignInFor purpose) {
    @Override
    public String toString() {
      return "Departure[not shown]";
    }
  }

  /// What came of somebody who was sent to a provider.
  sealed interface Arrival {
    /// It is them. `asked` says that the provider asked them who they are, a moment ago.
    record Known(Account account, boolean asked) implements Arrival {}

    /// Nobody is known by it.
    record Failed(Why why) implements Arrival {}

    /// Why not, as far as a person can use it.
    enum Why {
      /// The provider says that they, or it, would rather not.
      DENIED,
      /// What came back is not an answer to what this browser was sent with a moment ago.
      EXPIRED,
      /// What came back does not hold.
      REFUSED,
      /// The provider does not answer.
      UNAVAILABLE,
      /// No handle could be found for them.
      NO_HANDLE,
      /// They were to be asked once more who they are, and the provider does not say that it did.
      NOT_ASKED,
      /// Whoever runs this deployment has disabled their account.
      DISABLED;

      @Override
      public String toString() {
        return name().toLowerCase(Locale.ROOT);
      }
    }
  }

  /// An access token that holds.
  interface Shown {
    Instant issuedAt();

    Instant expiresAt();

    /// Whose it is, made if they are new; null if no handle could be found for them.
    @Nullable Account account();
  }

  /// Those that people are offered, in the order in which they are offered.
  List<Offered> offered();

  /// Where to send somebody who would sign in with `provider`, to come back to `back`; null if
  /// there is no such provider. Unless it is to enter, they are asked there who they are even if
  /// the provider knows.
  ///
  /// @throws Unavailable if the provider does not answer
  @Nullable Departure depart(String provider, URI back, SignInFor purpose);

  /// What came of it, by the query with which they came back.
  Arrival arrive(Departure departure, URI back, String query);

  /// What an access token says, null if it does not hold or none of the providers made it.
  ///
  /// @throws Unavailable if the provider that should have made it does not answer
  @Nullable Shown shown(String token);

  /// By what the issuer of this identity would know its person again, of whom it says `said` in the
  /// claim that it is trusted by; the newest first, none where it is not trusted in this.
  List<String> marks(Identity identity, String said);

  /// A provider does not answer.
  final class Unavailable extends RuntimeException {
    private static final long serialVersionUID = 1;

    public Unavailable(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
