package org.noports.directory.server;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** The keys of {@code etc/org.noports.directory.server.cfg}; read once into {@link Settings}. */
@ObjectClassDefinition(
    name = "NoPorts atDirectory",
    description = "Tells everybody which host and port serves an atSign.")
public @interface DirectoryServerConfig {
  @AttributeDefinition(
      name = "Bind address",
      description = "Local address to listen on; 0.0.0.0 for all. Loopback unless said otherwise.")
  String bindAddress() default "127.0.0.1";

  @AttributeDefinition(
      name = "Port",
      min = "0",
      max = "65535",
      description = "TCP port to listen on; 0 for a free one. Clients expect 64.")
  int port() default 64;

  @AttributeDefinition(
      name = "Certificate",
      description =
          "PEM file: the certificate that clients see, then those of the CAs above it. Read again"
              + " when it changes.")
  String certificate() default "etc/tls/certificate.pem";

  @AttributeDefinition(
      name = "Key",
      description = "PEM file: the certificate's private key (PKCS#8, no passphrase).")
  String key() default "etc/tls/key.pem";

  @AttributeDefinition(
      name = "Records in",
      description =
          "'file': the one named below. 'store': the AtStore that is installed; all atDirectories"
              + " over one store answer alike, a change within a second.",
      options = {
        @Option(label = "file", value = "file"),
        @Option(label = "store", value = "store")
      })
  String recordsIn() default "file";

  @AttributeDefinition(
      name = "Records",
      description =
          "Text file with a line 'atSign = host:port' for each record. Read again when it"
              + " changes; made when the first record is registered.")
  String records() default "etc/directory.records";

  @AttributeDefinition(
      name = "Most connections",
      min = "1",
      max = "100000",
      description =
          "Connections at once; the next one is closed. Each takes about 50 KiB of memory.")
  int maxConnections() default 4096;

  @AttributeDefinition(
      name = "Idle time (s)",
      min = "10",
      max = "86400",
      description =
          "After that long without a word a connection is closed. Some clients keep theirs open"
              + " between look-ups; less than 10 s would cut them off in the middle.")
  int idleSeconds() default 3600;

  @AttributeDefinition(
      name = "Penalty (ms)",
      min = "0",
      max = "60000",
      description =
          "How long the second unknown name on a connection waits for its answer, and the third"
              + " for the end of the connection; it makes guessing names slow. Clients wait 3 s"
              + " for an answer, so more than that means a failure to them.")
  int penaltyMillis() default 3000;

  @AttributeDefinition(
      name = "Connections per client address",
      min = "1",
      max = "100000",
      description =
          "Connections at once from one IPv4 address or IPv6 /64 network; the next one is closed."
              + " Leaves room for others however many one client opens; an office behind one"
              + " address has up to that many clients.")
  int connectionsPerAddress() default 1024;

  @AttributeDefinition(
      name = "Unknown names at once",
      min = "1",
      max = "1000000",
      description =
          "So many unknown names a client address may ask for before it is under guard. Honest"
              + " clients miss by a typing error or before an atSign is registered, so that is"
              + " enough for hundreds of them behind one address.")
  int missesAtOnce() default 300;

  @AttributeDefinition(
      name = "Unknown names per minute",
      min = "1",
      max = "1000000",
      description =
          "How fast that budget comes back. Names that are found and blank lines cost nothing.")
  int missesPerMinute() default 60;

  @AttributeDefinition(
      name = "New connections per second under guard",
      min = "1",
      max = "100000",
      description =
          "A client address without budget gets its prompts that fast on new connections, so"
              + " guessing goes no faster however many it opens. What is open goes on unhindered.")
  int guardedGreetingsPerSecond() default 10;

  @AttributeDefinition(
      name = "Remembered client addresses",
      min = "16",
      max = "10000000",
      description =
          "Addresses without a connection whose budget is not whole yet; the oldest is forgotten"
              + " first. About 100 bytes each, which bounds what an attacker with many addresses"
              + " can make us hold.")
  int rememberedAddresses() default 65536;
}
