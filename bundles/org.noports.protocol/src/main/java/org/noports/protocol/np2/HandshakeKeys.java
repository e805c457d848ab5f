package org.noports.protocol.np2;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.Optional;
import org.noports.api.CipherUnavailable;
import org.noports.api.ProtocolViolation;
import org.noports.api.Secret;
import org.noports.api.cipher.KeyDerivation;
import org.noports.api.tunnel.Np2Keys;
import org.noports.api.tunnel.SuiteAlgorithms;
import org.noports.api.tunnel.Suites;
import org.noports.protocol.json.JsonObject;

/**
 * How a session's secrets come from a handshake, and how an end proves that it has a session
 * (docs/protocol/np2.md 5 and 9).
 *
 * @param derivation the suite's
 */
public record HandshakeKeys(KeyDerivation derivation) {
  private static final String PREFIX = "noports np2 v1";
  private static final String PROOF = "proof";
  private static final String CLIENT = "resume c";
  private static final String DEVICE = "resume d";

  public HandshakeKeys {
    requireNonNull(derivation, "derivation is null");
  }

  /** T: binds all that both have signed; payloads as they were sent, without signatures. */
  public byte[] transcript(byte[] request, byte[] response) throws CipherUnavailable {
    return derivation.hash(
        PREFIX.getBytes(US_ASCII), length(request), request, length(response), response);
  }

  /**
   * The session's secrets; the caller owns them, and still owns {@code shared}.
   *
   * @param client whether they are for the client's end
   */
  public static Np2Keys keys(
      boolean client, SuiteAlgorithms algorithms, Suites suites, byte[] transcript, Secret shared)
      throws CipherUnavailable {
    HandshakeKeys schedule = new HandshakeKeys(algorithms.derivation());
    Deque<Secret> made = new ArrayDeque<>();
    try (Secret prk = algorithms.derivation().extract(transcript, shared)) {
      for (String label : new String[] {"root", "confirm c", "confirm d", "resume", "export"}) {
        made.add(schedule.expand(prk, label, transcript));
      }
      return new Np2Keys(
          client,
          algorithms,
          suites,
          transcript,
          made.remove(),
          made.remove(),
          made.remove(),
          made.remove(),
          made.remove());
    } finally {
      made.forEach(Secret::close);
    }
  }

  private Secret expand(Secret prk, String label, byte[] transcript) throws CipherUnavailable {
    return derivation.expand(prk, info(label, transcript), derivation.hashLength());
  }

  private static byte[] info(String label, byte[] context) {
    byte[] text = (PREFIX + " " + label).getBytes(US_ASCII);
    return ByteBuffer.allocate(text.length + 1 + context.length)
        .put(text)
        .put((byte) 0)
        .put(context)
        .array();
  }

  private static byte[] length(byte[] part) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array();
  }

  /** The payload of a resumption with the proof that its sender has the session. */
  public JsonObject prove(boolean client, Secret resume, JsonObject payload)
      throws CipherUnavailable, ProtocolViolation {
    JsonObject np2 = payload.requireObject(Np2Offer.FIELD);
    String proof = Base64.getEncoder().encodeToString(proof(client, resume, payload));
    return payload.toBuilder()
        .put(Np2Offer.FIELD, np2.toBuilder().put(PROOF, proof).build())
        .build();
  }

  /** Whether {@code payload} is proven by the end that {@code client} says. */
  public boolean proves(boolean client, Secret resume, JsonObject payload)
      throws CipherUnavailable, ProtocolViolation {
    JsonObject np2 = payload.requireObject(Np2Offer.FIELD);
    Optional<byte[]> proof = np2.text(PROOF, Base64.getDecoder()::decode);
    JsonObject bare =
        payload.toBuilder().put(Np2Offer.FIELD, np2.toBuilder().remove(PROOF).build()).build();
    return proof.isPresent() && MessageDigest.isEqual(proof.get(), proof(client, resume, bare));
  }

  private byte[] proof(boolean client, Secret resume, JsonObject payload) throws CipherUnavailable {
    byte[] label = info(client ? CLIENT : DEVICE, new byte[0]);
    return derivation.authenticate(resume, label, payload.toJson().getBytes(UTF_8));
  }
}
