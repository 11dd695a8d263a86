package parley.api;

/// A password that somebody wants. It is judged once it is known whose it would be.
record NewPassword(String value) {
  @Override
  public String toString() {
    return "NewPassword[not shown]";
  }
}
