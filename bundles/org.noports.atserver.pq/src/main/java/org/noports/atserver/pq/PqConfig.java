package org.noports.atserver.pq;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Which post-quantum keys we publish, and what happens without a reader's. */
@ObjectClassDefinition(
    name = "Post-quantum values",
    description = "Values and notifications under keys that a quantum computer does not open.")
public @interface PqConfig {
  /** Where keys are published. */
  @AttributeDefinition(
      name = "Publish",
      description =
          "Comma list of atSign:namespace for which a key is cut here and published, so that"
              + " others can write to us: @alice:sshnp for a client, @device:dev1.sshnp for the"
              + " device dev1. Empty: none; nobody can write to us by it.")
  String publish() default "";

  /** Where seeds are. */
  @AttributeDefinition(
      name = "Keys",
      description =
          "Folder of the seeds of these keys, relative to the Karaf instance; whoever reads it"
              + " opens what was sealed to us. Lost with it: what was not yet read.")
  String keys() default "data/namespace-keys";

  /** How long a key is published. */
  @AttributeDefinition(
      name = "Rotate, days",
      description =
          "After so many days another key is cut and published; what was sealed to earlier ones is"
              + " still opened. 0 for never, as upstream. Other instances of the atSign do not get"
              + " the new seed.",
      min = "0",
      max = "3650")
  int rotateDays() default 0;

  /** What happens without a key. */
  @AttributeDefinition(
      name = "Without key",
      description =
          "What is done with a value for a reader that publishes no key: refuse, or legacy, which"
              + " writes as every client does and says so once. Who has shown a key since the"
              + " start is never written to without one.")
  String withoutKey() default "refuse";
}
