package org.noports.tunnel;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Keys of {@code org.noports.tunnel.cfg}; {@link TunnelSettings} is what they mean. */
@ObjectClassDefinition(name = "Tunnel", description = "The data path at both ends of a session.")
@interface TunnelConfig {
  @AttributeDefinition(
      name = "Connect timeout (s)",
      min = "1",
      max = "120",
      description =
          "For the device's connection to a session's target. The application waits meanwhile, so"
              + " longer than a minute helps nobody.")
  int connectTimeoutSeconds() default 10;

  @AttributeDefinition(
      name = "Connections per session",
      min = "1",
      max = "65536",
      description =
          "At once, at the device's end: one client cannot take all of the device's file"
              + " descriptors. A connection takes two. At the client's end the same limit is for"
              + " connections that come back from the device.")
  int maxConnectionsPerSession() default 1024;

  @AttributeDefinition(
      name = "Listeners per session",
      min = "1",
      max = "1024",
      description =
          "At once, at the device's end, of those that permitListen names: one client cannot take"
              + " all of the device's ports.")
  int maxListensPerSession() default 16;

  @AttributeDefinition(
      name = "UDP idle time (s)",
      min = "1",
      max = "3600",
      description =
          "After which a stream of datagrams that carries none ends, at either end; two minutes"
              + " are what NAT boxes are asked to keep (RFC 4787).")
  int udpIdleSeconds() default 120;

  @AttributeDefinition(
      name = "Without a link (s)",
      min = "1",
      max = "86400",
      description =
          "How long a session waits for another link when its relay or its network is gone."
              + " Its connections and up to 2 MiB of memory wait with it; whoever comes back later"
              + " opens a new session.")
  int linklessSeconds() default 300;

  @AttributeDefinition(
      name = "Silent link (s)",
      min = "1",
      max = "600",
      description =
          "After which a link on which nothing was heard is given up, so that another is looked"
              + " for; each end says something every five seconds or more often. Machines that"
              + " sleep for less keep their link; shorter finds lost networks sooner.")
  int silentSeconds() default 30;

  @AttributeDefinition(
      name = "I/O threads",
      min = "0",
      max = "64",
      description =
          "0 for one per processor; more gain nothing. Read when the tunnel starts: threads cannot"
              + " be changed under open connections.")
  int ioThreads() default 0;
}
