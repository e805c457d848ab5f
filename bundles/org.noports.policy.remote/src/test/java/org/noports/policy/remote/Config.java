package org.noports.policy.remote;

import java.lang.annotation.Annotation;

/** A configuration with these values. */
record Config(
    String policyAtSign,
    int askSeconds,
    int keepSeconds,
    int againSeconds,
    String snapshotAge,
    String snapshots)
    implements RemoteConfig {
  @Override
  public Class<? extends Annotation> annotationType() {
    return RemoteConfig.class;
  }
}
