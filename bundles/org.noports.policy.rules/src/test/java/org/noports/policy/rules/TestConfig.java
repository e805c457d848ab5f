package org.noports.policy.rules;

import java.lang.annotation.Annotation;

/** A configuration of this bundle. */
record TestConfig(String managers, String permitOpen, String require, String book, String countries)
    implements RulesPolicy.Config {
  TestConfig(String managers, String permitOpen, String require, String book) {
    this(managers, permitOpen, require, book, "");
  }

  @Override
  public Class<? extends Annotation> annotationType() {
    return RulesPolicy.Config.class;
  }
}
