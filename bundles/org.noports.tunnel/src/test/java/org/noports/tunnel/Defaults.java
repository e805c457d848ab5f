package org.noports.tunnel;

import java.lang.annotation.Annotation;

/** The configuration that nobody has edited, with a shorter connect timeout. */
record Defaults(
    int connectTimeoutSeconds,
    int maxConnectionsPerSession,
    int maxListensPerSession,
    int udpIdleSeconds,
    int linklessSeconds,
    int silentSeconds,
    int ioThreads)
    implements TunnelConfig {
  Defaults() {
    this(2, 1024, 16, 120, 300, 30, 2);
  }

  @Override
  public Class<? extends Annotation> annotationType() {
    return TunnelConfig.class;
  }
}
