/// People: who they are ([Account]), how they prove it (passwords, sessions), how others find them
/// (handles). Use cases: [Accounts], [Sessions]. Ports: [AccountStore], [SessionStore].
///
/// Passwords, hashes and tokens have types of their own, which never print.
@NullMarked
package parley.messaging.account;

import org.jspecify.annotations.NullMarked;
