/// The embedded DynamoDB: a whole database inside this process, its data folder, and its gate.
///
/// `Engine` runs Amazon's DynamoDB Local in process; `DataFolder` is the folder that it keeps its
/// data in, held by one process at a time; `Gate` lets outside tools on this machine in, over HTTP.
/// Nothing here knows what is stored. A deployment on Amazon DynamoDB does not use this room.
@NullMarked
package parley.engine;

import org.jspecify.annotations.NullMarked;
