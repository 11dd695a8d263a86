/// What happens here, told to other programs over HTTPS: which events, to whom, signed how, and
/// where no request may go. In words: docs/webhooks.md.
@NullMarked
package parley.server.webhook;

import org.jspecify.annotations.NullMarked;
