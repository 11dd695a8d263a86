/// The domain: what messaging *is*, in plain Java.
///
/// Nothing here knows of DynamoDB, HTTP or JSON. Each feature is a package: `account`,
/// `conversation`, `message`, `inbox`. A feature has use cases (the classes that hosts call) and
/// ports (the interfaces that a store implements).
@NullMarked
package parley.messaging;

import org.jspecify.annotations.NullMarked;
