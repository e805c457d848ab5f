package org.noports.atserver.pq;

import java.lang.annotation.Annotation;

/** The components' configuration as a test wants it. */
record TestConfig(String publish, String keys, String withoutKey) implements PqConfig {
  @Override
  public Class<? extends Annotation> annotationType() {
    return PqConfig.class;
  }
}
