package parley.api;

/// What an identity provider calls itself, or somebody. It is judged as one with the other.
record ProviderText(String value) {
  @Override
  public String toString() {
    return "ProviderText[not shown]";
  }
}
