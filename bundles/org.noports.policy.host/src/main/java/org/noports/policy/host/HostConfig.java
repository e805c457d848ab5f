package org.noports.policy.host;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** One policy service. */
@ObjectClassDefinition(
    name = "NoPorts policy service",
    description = "Decides for devices elsewhere, by the rules of this machine.")
public @interface HostConfig {
  @AttributeDefinition(
      name = "atSign",
      description =
          "The atSign that devices ask; its key file must be on this machine. Empty: there is no"
              + " policy service here.")
  String atSign() default "";

  @AttributeDefinition(
      name = "Devices",
      description =
          "Comma-separated atSigns of the devices that are answered, or * for any. All others hear"
              + " nothing. Empty: nobody is answered.")
  String devices() default "";

  @AttributeDefinition(
      name = "Shared atSign",
      description =
          "Whether other policy services run under the same atSign: then the first that writes a"
              + " question's mutex answers it, which costs a round trip to the atServer.")
  boolean sharedAtSign() default false;

  @AttributeDefinition(
      name = "Decision within seconds",
      min = "1",
      max = "9",
      description =
          "After which an undecided question is answered by no; devices of other makes give up"
              + " after 10 s.")
  int decideSeconds() default 5;
}
