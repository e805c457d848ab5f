package org.noports.atserver.host;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * The keys of {@code etc/org.noports.atserver.host.cfg}, each with its default; read once into
 * {@link HostSettings}. Without the file nothing listens.
 */
@ObjectClassDefinition(
    name = "NoPorts atServer host",
    description = "The atServers that run here: where they listen, with which certificate.")
public @interface HostConfig {
  @AttributeDefinition(
      name = "Bind address",
      description = "Local address of all atServer ports; loopback unless others must reach them")
  String bindAddress() default "127.0.0.1";

  @AttributeDefinition(
      name = "Advertised host",
      description = "Host name told to the atDirectory; clients check the certificate against it")
  String advertisedHost() default "localhost";

  @AttributeDefinition(
      name = "First port",
      description =
          "Ports are given out from here, one an atSign, and kept over restarts; 0 takes any free",
      min = "0",
      max = "65535")
  int firstPort() default 0;

  @AttributeDefinition(
      name = "Domain",
      description =
          "Domain below which each atSign has a host name of its own on one shared port; needs"
              + " wildcard DNS and a wildcard certificate. Empty: each atSign has its own port")
  String domain() default "";

  @AttributeDefinition(
      name = "Shared port",
      description = "Port that all atSigns of the domain share; 0 takes any free",
      min = "0",
      max = "65535")
  int sharedPort() default 6465;

  @AttributeDefinition(
      name = "Certificate",
      description = "PEM file with the certificate chain of the advertised host")
  String certificate() default "etc/tls/certificate.pem";

  @AttributeDefinition(
      name = "Key",
      description = "PEM file with the certificate's PKCS#8 private key")
  String key() default "etc/tls/key.pem";

  @AttributeDefinition(
      name = "Trust",
      description =
          "PEM file or folder of authorities trusted beside the JDK's when atServers call each other")
  String trust() default "etc/trust";

  @AttributeDefinition(
      name = "Client certificate required",
      description =
          "Whether another atServer must show a certificate of the host that the atDirectory names"
              + " for its atSign; without it, an atServer that is called can speak for its caller")
  boolean clientCertificateRequired() default true;

  @AttributeDefinition(
      name = "Provision folder",
      description = "Folder of *.atsign files; each adds an atSign that is not there yet")
  String provision() default "etc/atsigns";

  @AttributeDefinition(
      name = "Register",
      description = "Tell an atDirectory in this process where each atSign's atServer answers")
  boolean register() default true;

  @AttributeDefinition(
      name = "Auto notify",
      description = "Notify the receiver of each shared value that is stored or deleted")
  boolean autoNotify() default true;

  @AttributeDefinition(
      name = "Inbound limit",
      description = "Connections to one atSign; bounds memory and descriptors one atSign can take",
      min = "1",
      max = "100000")
  int inboundLimit() default 200;

  @AttributeDefinition(
      name = "Address limit",
      description =
          "Connections from one address, to all atSigns, that have not authenticated; more are"
              + " told AT0012, twice as many get no TLS. Keeps one machine from taking all places",
      min = "1",
      max = "1000000")
  int addressLimit() default 500;

  @AttributeDefinition(
      name = "Hand-shake",
      description = "Seconds until TLS must stand; a peer that dawdles holds a descriptor so long",
      min = "1",
      max = "60")
  int handshakeSeconds() default 10;

  @AttributeDefinition(
      name = "Keys limit",
      description = "Keys one atSign can store (AT0002); bounds the store's index",
      min = "1",
      max = "2147483647")
  int keysLimit() default 1_000_000;

  @AttributeDefinition(
      name = "Megabytes limit",
      description =
          "Megabytes one atSign can store, notifications included (AT0002); bounds the disk",
      min = "1",
      max = "2147483647")
  int megabytesLimit() default 4_096;

  @AttributeDefinition(
      name = "Queued limit",
      description =
          "Notifications of one atSign that wait to be delivered (AT0028); bounds what receivers"
              + " that are away cost",
      min = "1",
      max = "2147483647")
  int queuedLimit() default 100_000;

  @AttributeDefinition(
      name = "Stranger command limit",
      description =
          "Bytes of one command before authentication; the longest of them asks for enrollment",
      min = "4096",
      max = "104857600")
  int strangerCommandLimit() default 65_536;

  @AttributeDefinition(
      name = "Under way megabytes",
      description =
          "Megabytes of unfinished commands to one atSign together; bounds memory, whoever sends",
      min = "1",
      max = "100000")
  int underWayMegabytes() default 64;

  @AttributeDefinition(
      name = "Command limit",
      description = "Bytes of one command; bounds what a stranger can make the process hold",
      min = "4096",
      max = "104857600")
  int commandLimit() default 10_240_000;

  @AttributeDefinition(
      name = "Stranger idle",
      description = "Seconds until a silent connection that has not authenticated is closed",
      min = "1",
      max = "86400")
  int strangerIdleSeconds() default 600;

  @AttributeDefinition(
      name = "Owner idle",
      description =
          "Seconds until a silent authenticated connection is closed; monitors are silent",
      min = "60",
      max = "31536000")
  int ownerIdleSeconds() default 2_592_000;

  @AttributeDefinition(
      name = "Crowded stranger idle",
      description =
          "Seconds a connection that has not authenticated may be silent when all places are taken;"
              + " from half of them on the allowance shrinks toward it, so that silent strangers"
              + " lock nobody out",
      min = "0",
      max = "86400")
  int crowdedStrangerIdleSeconds() default 5;

  @AttributeDefinition(
      name = "Crowded owner idle",
      description =
          "The same for authenticated connections; more than statsSeconds keeps monitors, which"
              + " are told something that often",
      min = "0",
      max = "31536000")
  int crowdedOwnerIdleSeconds() default 60;

  @AttributeDefinition(
      name = "Peer idle",
      description = "Seconds a connection to another atServer is kept open for the next call",
      min = "1",
      max = "86400")
  int peerIdleSeconds() default 600;

  @AttributeDefinition(
      name = "Peer time-out",
      description =
          "Milliseconds another atServer has to answer; beyond, the call fails with AT0023",
      min = "100",
      max = "600000")
  int peerTimeoutMillis() default 10_000;

  @AttributeDefinition(
      name = "Notification expiry",
      description = "Minutes a notification that names no expiry is kept and delivered",
      min = "1",
      max = "525600")
  int notificationExpiryMinutes() default 15;

  @AttributeDefinition(
      name = "Stats interval",
      description =
          "Seconds between two tellings of the last commit to monitors, which also hear of each"
              + " change; -1 for none. Bounds how long a device may miss a change",
      min = "-1",
      max = "86400")
  int statsSeconds() default 15;

  @AttributeDefinition(
      name = "Enrollments per hour",
      description =
          "Requests for enrollment that one connection may make in an hour; bounds guessing and"
              + " what strangers can store",
      min = "1",
      max = "10000")
  int enrollmentsPerHour() default 5;

  @AttributeDefinition(
      name = "Enrollment expiry",
      description = "Hours a request for enrollment waits to be approved before it is forgotten",
      min = "1",
      max = "87600")
  int enrollmentExpiryHours() default 48;

  @AttributeDefinition(
      name = "Passcode life",
      description = "Seconds a one-time code for enrolling is good if otp:get names no other time",
      min = "1",
      max = "31536000")
  int passcodeSeconds() default 300;

  @AttributeDefinition(
      name = "Wrong passcode delay",
      description =
          "Milliseconds the answer to a first wrong passcode takes, growing to 55 seconds; makes"
              + " guessing slow",
      min = "0",
      max = "55000")
  int wrongPasscodeMillis() default 1_000;

  @AttributeDefinition(
      name = "Copy refresh",
      description =
          "Seconds between two rounds in which copies of other atSigns' values are fetched anew"
              + " that are out of date; bounds the load that copies nobody reads make",
      min = "1",
      max = "31536000")
  int copyRefreshSeconds() default 86_400;
}
