/// The HTTP contract, independent of who hosts it.
///
/// Open [Routes] first: it is the one table of everything that can be called. A host turns its own
/// kind of request into an [ApiRequest], hands it to [Api#handle], and sends the [ApiResponse]
/// back; it holds no rules. The features' own files (`AccountRoutes`, `SessionRoutes`,
/// `ConversationRoutes`, `MessageRoutes`, `MetaRoutes`) hold their wire records and thin handlers:
/// parse, one use case, render.
///
/// To add a route: write its request and answer as records in the feature's file, add its line to
/// that feature's `routes()`, and run `./parley fix`, which rewrites `openapi.json` from the table.
@NullMarked
package parley.api;

import org.jspecify.annotations.NullMarked;
