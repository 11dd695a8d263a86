package parley.api;

/// Ends the handling of a request that is refused. It is thrown only within this room, which turns
/// it into its response.
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  Refusal(Problem problem) {
    // An everyday outcome: without the cost of a stack trace.
    super(problem.code().code(), null, false, false);
    this.problem = problem;
  }

  Problem problem() {
    return problem;
  }
}
