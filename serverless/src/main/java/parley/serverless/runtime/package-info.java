/// Functions on this machine: a package is unpacked, started as a process, and given events over
/// the same Runtime API as on AWS Lambda. Open `LocalFunction` first.
@NullMarked
package parley.serverless.runtime;

import org.jspecify.annotations.NullMarked;
