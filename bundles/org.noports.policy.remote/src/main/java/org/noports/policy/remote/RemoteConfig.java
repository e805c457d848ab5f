package org.noports.policy.remote;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Whom to ask. */
@ObjectClassDefinition(
    name = "NoPorts policy: a policy service",
    description = "Asks a policy atSign about the clients of this machine's devices.")
public @interface RemoteConfig {
  @AttributeDefinition(
      name = "Policy atSign",
      description =
          "The atSign that is asked about each client that wants something of this machine's"
              + " devices. Empty: nobody is asked.")
  String policyAtSign() default "";

  @AttributeDefinition(
      name = "Ask for seconds",
      min = "1",
      max = "9",
      description =
          "How long an answer is waited for; asked again after half of it. Less than a device's"
              + " policyTimeoutSeconds, which denies by itself.")
  int askSeconds() default 4;

  @AttributeDefinition(
      name = "Keep answers for seconds",
      min = "0",
      max = "300",
      description =
          "How long an answer counts for the same question without asking again. A policy service"
              + " of another make tells nothing of changes: for it this is how late they come.")
  int keepSeconds() default 15;

  @AttributeDefinition(
      name = "Ask again after seconds",
      min = "10",
      max = "86400",
      description =
          "After which the policy service is asked again whether a session that it let in may stay;"
              + " one that it permits no longer ends. Services of ours tell of changes at once, those"
              + " of other makes never: for them this is how late a withdrawal comes.")
  int againSeconds() default 300;

  @AttributeDefinition(
      name = "Snapshot age",
      description =
          "How old the last signed rules of the policy service may be to be decided by while it"
              + " does not answer: 30s, 15m, 1h, 7d. After that all is denied.")
  String snapshotAge() default "24h";

  @AttributeDefinition(
      name = "Snapshots",
      description =
          "The folder of the last signed rules, relative to the Karaf instance; its owner's alone.")
  String snapshots() default "data/policy";
}
