package org.noports.client;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The keys of {@code org.noports.client.cfg}. */
@ObjectClassDefinition(
    name = "NoPorts client",
    description = "What a request means when it leaves something out, and how long we wait.")
public @interface ClientConfig {
  @AttributeDefinition(
      name = "From",
      description = "The atSign that asks unless a command names another.")
  String from() default "";

  @AttributeDefinition(
      name = "Relay",
      description =
          "The relay's atSign that carries unless a command names another. Empty, and several relays"
              + " known: the nearest to both ends.")
  String relay() default "";

  @AttributeDefinition(
      name = "Relays",
      description =
          "Comma-separated relays that are known here: listed, offered by completion, and what a"
              + " session falls back on.")
  String relays() default "";

  @AttributeDefinition(
      name = "Relay choice in milliseconds",
      min = "0",
      max = "10000",
      description =
          "How long a session waits at most until it is known which of several relays is nearest to"
              + " both ends: longer than a person notices helps nobody. 0 for the configured order.")
  int relayChoiceMillis() default 500;

  @AttributeDefinition(
      name = "Relay transport",
      description =
          "How relays are reached: tcp; or wss, WebSocket over TLS, for networks that let nothing out"
              + " but HTTPS. The device chooses its own.")
  String relayTransport() default "tcp";

  @AttributeDefinition(
      name = "Only port 443",
      description =
          "Whether relays are asked for the one port that all sessions share, usually 443, in place"
              + " of two of their own; for networks that let out to no other port. It goes for the"
              + " device, too; relay and device must know challenges.")
  boolean only443() default false;

  @AttributeDefinition(
      name = "Relay timeout in seconds",
      min = "1",
      max = "60",
      description =
          "How long a relay may take to hand out ports; it holds unused ports for 30 s, so waiting"
              + " longer than a minute helps nobody.")
  int relayTimeoutSeconds() default 5;

  @AttributeDefinition(
      name = "Device timeout in seconds",
      min = "1",
      max = "120",
      description =
          "How long a device may take to say that it is there; its messages expire after a minute.")
  int deviceTimeoutSeconds() default 20;

  @AttributeDefinition(
      name = "Response timeout in seconds",
      min = "1",
      max = "120",
      description =
          "How long a device may take to admit a session; it may ask a policy, which takes up to"
              + " 10 s.")
  int responseTimeoutSeconds() default 15;

  @AttributeDefinition(
      name = "Allow insecure L0",
      description =
          "Whether devices without twin keys are used. Insecure: with one key for both directions"
              + " whoever carries the traffic can learn its content.")
  boolean allowInsecureL0() default false;

  @AttributeDefinition(
      name = "NP2",
      description =
          "Whether sessions with devices that can do NP2 are of level L2 or better: sealed, checked"
              + " and resumable. False only to look for faults; devices that are known to be better"
              + " are refused then.")
  boolean np2() default true;

  @AttributeDefinition(
      name = "Require",
      description =
          "What every session must be against quantum computers: pq-secrecy (level L3: what is"
              + " recorded now stays secret), pq-authentication (both ends sign by ML-DSA-65 as"
              + " well), both, or nothing. Others are refused as requirement-unmet; devices of"
              + " NoPorts' existing programs can do neither.")
  String require() default "";

  @AttributeDefinition(
      name = "Zone",
      description =
          "What this client says of its place in each request that it signs, for rules with"
              + " claimed.zone: Europe/Berlin or another word of at most 64 characters; system for"
              + " this machine's time zone; empty to say nothing. Devices take it for no more than"
              + " its word.")
  String zone() default "";

  @AttributeDefinition(
      name = "Heartbeat in seconds",
      min = "0",
      max = "3600",
      description =
          "How often the control channel of a session says that we are there, which keeps NAT"
              + " tables fresh; 0 for never.")
  int heartbeatSeconds() default 30;
}
