package org.noports.atserver.pq;

import java.lang.annotation.Annotation;

/** The components' configuration as a test wants it. */
record TestConfig(String publish, String keys, String withoutKey, int rotateDays)
    implements PqConfig {
  /** Without rotation. */
  TestConfig(String publish, String keys, String withoutKey) {
    this(publish, keys, withoutKey, 0);
  }

  @Override
  public Class<? extends Annotation> annotationType() {
    return PqConfig.class;
  }
}
