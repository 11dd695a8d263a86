package parley.api;

import java.util.List;
import parley.messaging.account.UserId;

/// The people of a demonstration, whom any browser on this machine may be without a password.
///
/// There are none until a host that listens on this machine alone has made them and invites.
public final class Demo {
  private volatile List<UserId> people = List.of();

  /// From now on these, in the order in which they are offered.
  public void invite(List<UserId> people) {
    this.people = List.copyOf(people);
  }

  List<UserId> people() {
    return people;
  }
}
