/// The serverless host: one function each for requests, for the change stream, for connections and
/// for new people, put together by [Assembly]. Like every host it holds no rules.
///
/// How soon a function answers the first time depends on how little it loads, so each takes of the
/// assembly only what it uses, and events are read and written as streams of tokens ([Fields]).
@NullMarked
package parley.lambda;

import org.jspecify.annotations.NullMarked;
