package org.noports.relay.server;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Keys of {@code org.noports.relay.server.cfg}; {@link RelaySettings} is what they mean. */
@ObjectClassDefinition(
    name = "Relay",
    description = "Hands out port pairs and joins what two sides send. Runs once it is configured.")
@interface RelayConfig {
  @AttributeDefinition(
      name = "atSign",
      description = "The relay's own atSign, whose key file this machine has.")
  String atSign() default "";

  @AttributeDefinition(
      name = "Advertised address",
      description =
          "Host name or IP address that clients and devices are told to dial; no default, because"
              + " only the operator knows how this machine is reached.")
  String address() default "";

  @AttributeDefinition(
      name = "Bind address",
      description =
          "Local address of the ports. All addresses, because both sides come from elsewhere; the"
              + " relay runs only where it is configured.")
  String bindAddress() default "0.0.0.0";

  @AttributeDefinition(
      name = "Port range",
      description =
          "FIRST-LAST, for a firewall in front; empty for any free port. Two ports a session.")
  String portRange() default "";

  @AttributeDefinition(
      name = "Single port",
      min = "0",
      max = "65535",
      description =
          "The port for sessions whose clients or devices can reach no other, usually 443; 0 for none,"
              + " because often something else listens there.")
  int singlePort() default 0;

  @AttributeDefinition(
      name = "Advertised single port",
      min = "1",
      max = "65535",
      description =
          "What those are told to dial: another than the single port where a firewall or NAT in front"
              + " leads to it.")
  int singlePortAdvertised() default 443;

  @AttributeDefinition(
      name = "WebSocket port",
      min = "0",
      max = "65535",
      description =
          "For sides that only HTTPS lets out, usually 443: WebSocket over TLS; 0 for none, because"
              + " it needs a certificate, and often something else listens there.")
  int webSocketPort() default 0;

  @AttributeDefinition(
      name = "Certificate",
      description =
          "PEM file: the certificate for the advertised address, then those of the CAs above it."
              + " Only for the WebSocket port; read when it opens and whenever these settings"
              + " change.")
  String certificate() default "etc/tls/certificate.pem";

  @AttributeDefinition(
      name = "Key",
      description = "PEM file: the certificate's private key (PKCS#8, no passphrase).")
  String key() default "etc/tls/key.pem";

  @AttributeDefinition(
      name = "Clients",
      description = "atSigns that may ask for ports, separated by commas; 'open' for everybody.")
  String clients() default RelaySettings.OPEN;

  @AttributeDefinition(
      name = "Detection window (ms)",
      min = "0",
      max = "5000",
      description =
          "Silence after which a socket gets a challenge. Longer delays the newer authentication,"
              + " shorter breaks the older one on slow lines.")
  int detectWindowMillis() default 500;

  @AttributeDefinition(
      name = "Authentication time (s)",
      min = "1",
      max = "60",
      description =
          "From accepting a socket to having verified it. Bounds what strangers can hold open.")
  int authenticationSeconds() default 5;

  @AttributeDefinition(
      name = "Rendezvous time (s)",
      min = "1",
      max = "600",
      description =
          "How long a session may wait for its first pair, and a socket for its counterpart; then"
              + " the ports are released. 30 is what other relays use and peers expect.")
  int rendezvousSeconds() default 30;

  @AttributeDefinition(
      name = "Sessions",
      min = "1",
      max = "30000",
      description = "At once. Each holds two ports of at most 65535.")
  int maxSessions() default 1000;

  @AttributeDefinition(
      name = "Sessions per client",
      min = "1",
      max = "30000",
      description = "At once, asked for by one atSign: one client cannot take all ports.")
  int maxSessionsPerClient() default 100;

  @AttributeDefinition(
      name = "Sockets per session",
      min = "2",
      max = "65536",
      description =
          "Open at once, both sides together: one session cannot take all file descriptors. A"
              + " connection through the tunnel takes two, the session itself two.")
  int maxSocketsPerSession() default 1024;

  @AttributeDefinition(
      name = "Unauthenticated sockets per port",
      min = "1",
      max = "4096",
      description =
          "At once; when all places are taken, the address that holds most gives its oldest up to one"
              + " that holds fewer, and who would hold as many is closed when accepted. Bounds the"
              + " memory that strangers can take, 16 KiB each.")
  int maxPendingPerPort() default 64;

  @AttributeDefinition(
      name = "Ports per client",
      min = "2",
      max = "65536",
      description =
          "Held at once by the sessions that one atSign has asked for, two each: one client cannot"
              + " take the whole range.")
  int maxPortsPerClient() default 200;

  @AttributeDefinition(
      name = "Sockets per second and address",
      min = "1",
      max = "1000000",
      description =
          "Opened by one IP address; more are closed when accepted. Bounds the work that a stranger"
              + " can cause; an office behind one address must fit in.")
  int acceptsPerSecond() default 500;

  @AttributeDefinition(
      name = "Bandwidth per client (kB/s)",
      min = "0",
      max = "100000000",
      description =
          "Thousands of bytes a second, both ways, of all sessions that one atSign has asked for; 0"
              + " for no limit, because only the operator knows what the line carries.")
  int kilobytesPerSecond() default 0;

  @AttributeDefinition(
      name = "Idle time (s)",
      min = "60",
      max = "31536000",
      description =
          "A pair that has carried nothing for so long is closed, at the latest after twice that. A"
              + " week, because a shell may be left open over a weekend; a peer that vanished is"
              + " found earlier, by TCP.")
  int idleSeconds() default 604_800;

  @AttributeDefinition(
      name = "Key check (s)",
      min = "10",
      max = "86400",
      description =
          "How often the signing keys of live sessions are looked up again: who lost an enrollment"
              + " loses its sessions. 300 is what other relays use.")
  int keyCheckSeconds() default 300;

  @AttributeDefinition(
      name = "Draining",
      description =
          "Takes no more sessions and leaves those that run alone: set it before you stop a relay.")
  boolean draining() default false;

  @AttributeDefinition(
      name = "Shared atSign",
      description =
          "Other relays answer for the same atSign: the first to write a session's mutex serves it,"
              + " and one that is full or drained leaves it to the others.")
  boolean sharedAtSign() default false;

  @AttributeDefinition(
      name = "Tell addresses",
      description =
          "Whether devices that ask are told, signed by this relay, from which address a client's"
              + " socket comes: their rules may depend on it. False where that is nobody's business;"
              + " behind a load balancer it would be the balancer's.")
  boolean tellAddresses() default true;
}
