/**
 * Fuzz targets: one class for each thing that a stranger's bytes reach first. {@code fuzz/run} lets
 * Jazzer search with them; {@link org.noports.protocol.fuzz.CorpusTest} replays what is kept in
 * {@code src/test/resources/fuzz}. They know nothing of the fuzzer: bytes in, an exception for what
 * must never be.
 */
package org.noports.protocol.fuzz;
