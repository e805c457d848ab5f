package org.noports.atserver;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** How connections to atServers are made and kept. */
@ObjectClassDefinition(
    name = "atServer sessions",
    description = "Connections to the atServers of our own atSigns.")
public @interface AtServersConfig {
  /** CAs to trust. */
  @AttributeDefinition(
      name = "Trusted CAs",
      description =
          "Comma list of PEM files, or folders of *.pem files, with CAs that are trusted beside"
              + " the JDK's; relative to the Karaf instance. What does not exist adds none.")
  String trust() default "etc/trust";

  /** Seconds for TCP and TLS. */
  @AttributeDefinition(
      name = "Connect timeout, seconds",
      description = "For TCP and for TLS each; more than 60 would hide a dead address.",
      min = "1",
      max = "60")
  int connectTimeoutSeconds() default 10;

  /** Seconds for an answer. */
  @AttributeDefinition(
      name = "Answer timeout, seconds",
      description =
          "For each command; an atServer itself waits up to 10 s for another one, so less than 3"
              + " would fail on slow days.",
      min = "3",
      max = "120")
  int answerTimeoutSeconds() default 10;

  /** Seconds of silence. */
  @AttributeDefinition(
      name = "Heartbeat, seconds",
      description =
          "Longest silence before the atServer is asked for a sign of life; more than 60 and"
              + " firewalls forget the connection.",
      min = "1",
      max = "60")
  int heartbeatSeconds() default 10;

  /** Seconds without a notification. */
  @AttributeDefinition(
      name = "Self-test, seconds",
      description =
          "Longest time without a notification before we notify ourselves, to see whether that"
              + " comes back; 0 for never. It costs the atServer one notification each time; with"
              + " more than 15 a monitor that went deaf is found later than after 30 s.",
      min = "0",
      max = "3600")
  int selfTestSeconds() default 15;

  /** Folder of what was heard. */
  @AttributeDefinition(
      name = "State",
      description =
          "Folder where it is kept which notifications were heard, so that none is processed"
              + " again after a restart; relative to the Karaf instance. Empty: nowhere.")
  String state() default "data/heard";

  /** Id of a codec. */
  @AttributeDefinition(
      name = "Codec of what is sent",
      description =
          "Id of the codec that encrypts values and notifications for others, for example"
              + " at/symmetric/AES/GCM of noports-atserver-pq; what comes in names its own. Empty:"
              + " what every client reads (RSA-2048 and AES-256-CTR).")
  String sendCodec() default "";
}
