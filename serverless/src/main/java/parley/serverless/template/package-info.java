/// A CloudFormation template, read: its references resolved to names on this machine, and of its
/// resources what is needed to run it here. `Template` is the whole; a record says what each
/// resource asks for.
@NullMarked
package parley.serverless.template;

import org.jspecify.annotations.NullMarked;
