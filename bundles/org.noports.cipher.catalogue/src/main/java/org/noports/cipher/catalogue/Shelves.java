package org.noports.cipher.catalogue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.noports.api.cipher.AlgorithmStatus;
import org.noports.api.cipher.KeyAgreement;
import org.noports.api.cipher.KeyDerivation;
import org.noports.api.cipher.KeyTransport;
import org.noports.api.cipher.PresentAlgorithm;
import org.noports.api.cipher.Provider;
import org.noports.api.cipher.RecordCipher;
import org.noports.api.cipher.SignatureAlgorithm;
import org.noports.api.cipher.StreamCipher;
import org.noports.cipher.catalogue.guard.Kind;

/** A {@link Shelf} for each kind of algorithm. */
final class Shelves {
  final Shelf<StreamCipher> streamCiphers;
  final Shelf<KeyTransport> keyTransports;
  final Shelf<SignatureAlgorithm> signatures;
  final Shelf<RecordCipher> recordCiphers;
  final Shelf<KeyAgreement> keyAgreements;
  final Shelf<KeyDerivation> keyDerivations;
  private final List<Shelf<?>> all;

  Shelves(Gate gate, Supplier<CatalogueSettings> settings) {
    streamCiphers = new Shelf<>(Kind.STREAM, gate, settings);
    keyTransports = new Shelf<>(Kind.KEY_TRANSPORT, gate, settings);
    signatures = new Shelf<>(Kind.SIGNATURE, gate, settings);
    recordCiphers = new Shelf<>(Kind.RECORD, gate, settings);
    keyAgreements = new Shelf<>(Kind.KEY_AGREEMENT, gate, settings);
    keyDerivations = new Shelf<>(Kind.KEY_DERIVATION, gate, settings);
    all =
        List.of(
            streamCiphers, keyTransports, signatures, recordCiphers, keyAgreements, keyDerivations);
  }

  /** Puts a plug-in where it belongs; one service may be of several kinds. */
  List<Item<?>> add(Registration from) {
    List<Item<?>> added = new ArrayList<>();
    all.forEach(shelf -> shelf.add(from).ifPresent(added::add));
    return added;
  }

  /** From now on they are not offered; those that were here. */
  List<Item<?>> take(Predicate<Item<?>> which) {
    List<Item<?>> gone = new ArrayList<>();
    all.forEach(shelf -> gone.addAll(shelf.take(which)));
    return gone;
  }

  void admitAgain() {
    all.forEach(Shelf::admitAgain);
  }

  /** All that is here, offered or not, for which {@code which} holds. */
  Set<Provider> providers(Predicate<Item<?>> which) {
    Set<Provider> found = new HashSet<>();
    all.forEach(shelf -> found.addAll(shelf.providers(which)));
    return found;
  }

  Set<Provider> offered() {
    Set<Provider> found = new HashSet<>();
    all.forEach(shelf -> found.addAll(shelf.offered()));
    return found;
  }

  List<PresentAlgorithm> present() {
    return all.stream().flatMap(shelf -> shelf.present().stream()).toList();
  }

  List<AlgorithmStatus> statuses(ToIntFunction<Provider> sessions) {
    return all.stream().flatMap(shelf -> shelf.statuses(sessions).stream()).toList();
  }
}
