/// Parley as functions, run for real on this machine: the packages that would be deployed, in the
/// settings of the template that would deploy them, on an embedded DynamoDB. For tests and
/// evaluation; `LocalCloud` is where it is put together.
@NullMarked
package parley.serverless;

import org.jspecify.annotations.NullMarked;
