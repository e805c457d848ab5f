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
      name = "Expect",
      description =
          "The fingerprint that the device's key must have, as its owner reads it with"
              + " noports:keys-show: SHA256:..., hexadecimal digits or words. Empty: the key that is"
              + " known here, or that of the first contact.")
  String expect() default "";

  @AttributeDefinition(
      name = "Relay",
      description =
          "The relay's atSign. Empty: the one of org.noports.client.cfg, or the nearest of those"
              + " that are known there.")
  String relay() default "";

  @AttributeDefinition(
      name = "Target",
      description = "Where to, from the device on: host:port or service:NAME.")
  String target() default "localhost:22";

  @AttributeDefinition(
      name = "Local",
      description =
          "Where to listen here: a port on the loopback address, host:port, or a socket path; 0"
              + " for any free port. Empty, if there are forwards: nowhere.")
  String local() default "0";

  @AttributeDefinition(
      name = "Forward",
      description =
          "More of the same with targets of their own: comma-separated [HOST:]PORT:HOST:PORT, the"
              + " latter from the device on. Needs a device that speaks NP2, as all that follows.")
  String forward() default "";

  @AttributeDefinition(
      name = "Remote",
      description =
          "Where the device is to listen, and where its connections go from here on:"
              + " comma-separated [HOST:]PORT:HOST:PORT. The device's permitListen must allow it.")
  String remote() default "";

  @AttributeDefinition(
      name = "SOCKS",
      description =
          "Where to listen for applications that name their target by SOCKS5; names are looked up"
              + " at the device. Empty: nowhere.")
  String socks() default "";

  @AttributeDefinition(
      name = "UDP",
      description =
          "Where to listen for datagrams, on the loopback address only, and where they go from the"
              + " device on: comma-separated PORT:HOST:PORT.")
  String udp() default "";
}
