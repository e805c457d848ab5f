package org.noports.client;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The keys of {@code org.noports.client-NAME.cfg}. */
@ObjectClassDefinition(
    name = "NoPorts named tunnel",
    description = "A tunnel that is opened at start and kept open; one file for each.")
public @interface NamedTunnelConfig {
  @AttributeDefinition(
      name = "From",
      description = "The atSign that asks. Empty: the one of org.noports.client.cfg.")
  String from() default "";

  @AttributeDefinition(
      name = "To",
      description = "The device's atSign. Empty: there is no such tunnel.")
  String to() default "";

  @AttributeDefinition(name = "Device", description = "The device's name under its atSign.")
  String device() default "default";

  @AttributeDefinition(
      name = "Relay",
      description = "The relay's atSign. Empty: the one of org.noports.client.cfg.")
  String relay() default "";

  @AttributeDefinition(
      name = "Target",
      description = "Where to, from the device on: host:port or service:NAME.")
  String target() default "localhost:22";

  @AttributeDefinition(
      name = "Local",
      description =
          "Where to listen here: a port on the loopback address, host:port, or a socket path; 0"
              + " for any free port.")
  String local() default "0";
}
