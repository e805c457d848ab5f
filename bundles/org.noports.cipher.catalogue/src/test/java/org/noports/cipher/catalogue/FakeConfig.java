package org.noports.cipher.catalogue;

import java.lang.annotation.Annotation;

/** A configuration file's keys; empty text is what is not there. */
record FakeConfig(
    String ranking, String minimumLevel, String allow, String deny, String plugIns, String profile)
    implements CatalogueConfig {
  static final FakeConfig DEFAULT = new FakeConfig("", "L1", "", "", "", "");

  FakeConfig ranking(String names) {
    return new FakeConfig(names, minimumLevel, allow, deny, plugIns, profile);
  }

  FakeConfig minimumLevel(String level) {
    return new FakeConfig(ranking, level, allow, deny, plugIns, profile);
  }

  FakeConfig allow(String names) {
    return new FakeConfig(ranking, minimumLevel, names, deny, plugIns, profile);
  }

  FakeConfig deny(String names) {
    return new FakeConfig(ranking, minimumLevel, allow, names, plugIns, profile);
  }

  FakeConfig plugIns(String names) {
    return new FakeConfig(ranking, minimumLevel, allow, deny, names, profile);
  }

  FakeConfig profile(String name) {
    return new FakeConfig(ranking, minimumLevel, allow, deny, plugIns, name);
  }

  @Override
  public int departSeconds() {
    return 5;
  }

  @Override
  public Class<? extends Annotation> annotationType() {
    return CatalogueConfig.class;
  }
}
