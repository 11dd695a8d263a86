package parley.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A record that travels: its name and meaning in the OpenAPI document.
///
/// A component of a request is required unless it is `@Nullable`. A component of an answer is
/// always there, null or not, unless it is both `@Nullable` and left out when null
/// (`@JsonInclude`).
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface Wire {
  String name();

  String doc();
}
