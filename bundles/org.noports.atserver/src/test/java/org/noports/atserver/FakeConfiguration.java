package org.noports.atserver;

import java.lang.annotation.Annotation;

/** The component's configuration with its defaults, but for the CAs. */
record FakeConfiguration(String trust) implements AtServersConfig {
  @Override
  public int connectTimeoutSeconds() {
    return 10;
  }

  @Override
  public int answerTimeoutSeconds() {
    return 10;
  }

  @Override
  public int heartbeatSeconds() {
    return 10;
  }

  @Override
  public int selfTestSeconds() {
    return 15;
  }

  @Override
  public String state() {
    return "";
  }

  @Override
  public String sendCodec() {
    return "";
  }

  @Override
  public Class<? extends Annotation> annotationType() {
    return AtServersConfig.class;
  }
}
