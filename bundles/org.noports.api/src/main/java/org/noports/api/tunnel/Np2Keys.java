package org.noports.api.tunnel;

import static java.util.Objects.requireNonNull;

import org.noports.api.Secret;

/**
 * Hides what is carried and finds every change, loss, replay and truncation: what an NP2 handshake
 * comes to at one end (docs/protocol/np2.md 5). All secrets are wiped with it; no traffic key comes
 * from {@code resume} or {@code export}.
 *
 * @param client whether this is the client's end
 * @param algorithms what the handshake agreed on
 * @param suites what the session may move to
 * @param transcript T: the hash of the handshake as both ends saw it; not secret
 * @param root where the keys of links come from
 * @param confirmClient with which the client proves each link
 * @param confirmDevice with which the device proves each link
 * @param resume with which either end proves that it has this session; the first handshake's for as
 *     long as the session lives
 * @param export for whoever binds something else to this session
 */
public record Np2Keys(
    boolean client,
    SuiteAlgorithms algorithms,
    Suites suites,
    byte[] transcript,
    Secret root,
    Secret confirmClient,
    Secret confirmDevice,
    Secret resume,
    Secret export)
    implements Protection {
  public Np2Keys {
    requireNonNull(algorithms, "algorithms is null");
    requireNonNull(suites, "suites is null");
    transcript = requireNonNull(transcript, "transcript is null").clone();
    requireNonNull(root, "root is null");
    requireNonNull(confirmClient, "confirmClient is null");
    requireNonNull(confirmDevice, "confirmDevice is null");
    requireNonNull(resume, "resume is null");
    requireNonNull(export, "export is null");
  }

  /** The suite of the handshake; a link may move to another. */
  public Suite suite() {
    return algorithms.suite();
  }

  @Override
  public Level level() {
    return suite().level();
  }

  @Override
  public byte[] transcript() {
    return transcript.clone();
  }

  @Override
  public void close() {
    root.close();
    confirmClient.close();
    confirmDevice.close();
    resume.close();
    export.close();
  }

  @Override
  public String toString() {
    return "Np2Keys[" + suite() + ", " + (client ? "client" : "device") + "]";
  }
}
