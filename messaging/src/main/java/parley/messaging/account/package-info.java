/// People: who they are ([Account]), how they prove it (passwords, sessions), how others find them
/// (handles). Use cases: [Accounts], [Sessions]. Ports: [AccountStore], [SessionStore].
@NullMarked
package parley.messaging.account;

import org.jspecify.annotations.NullMarked;
