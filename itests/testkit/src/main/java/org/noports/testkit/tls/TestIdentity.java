package org.noports.testkit.tls;

import java.nio.file.Path;

/**
 * A TLS server's two files.
 *
 * @param chain PEM certificates, the server's first
 * @param key PEM private key
 */
public record TestIdentity(Path chain, Path key) {}
