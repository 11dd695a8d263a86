/// The change stream, mapped to a function as AWS Lambda maps it: `StreamMapping` reads every
/// shard, `EventPattern` says which records wake the function, `Batches` is what happens to those
/// that fail.
@NullMarked
package parley.serverless.source;

import org.jspecify.annotations.NullMarked;
