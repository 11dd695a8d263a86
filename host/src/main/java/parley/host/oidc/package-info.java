/// Signing in with identity providers (OpenID Connect): what they are, what their tokens say, and
/// the way there and back.
@NullMarked
package parley.host.oidc;

import org.jspecify.annotations.NullMarked;
