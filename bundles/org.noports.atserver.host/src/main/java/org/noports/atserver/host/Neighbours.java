package org.noports.atserver.host;

import java.util.Optional;
import org.noports.api.audit.Audit;
import org.noports.api.cipher.CipherCatalogue;
import org.noports.api.directory.AtDirectory;
import org.noports.api.directory.DirectoryRecords;
import org.noports.api.store.AtStore;
import org.noports.transport.WayOut;

/**
 * The services around us as they are now; each may come and go at any moment. Whoever needs one
 * asks at the moment of use.
 */
final class Neighbours {
  private final WayOut wayOut = new WayOut();
  private volatile Optional<AtStore> store = Optional.empty();
  private volatile Optional<AtDirectory> directory = Optional.empty();
  private volatile Optional<DirectoryRecords> records = Optional.empty();
  private volatile Optional<Audit> audit = Optional.empty();
  private volatile Optional<CipherCatalogue> ciphers = Optional.empty();

  /** How to reach other atServers. */
  WayOut wayOut() {
    return wayOut;
  }

  Optional<AtStore> store() {
    return store;
  }

  Optional<AtDirectory> directory() {
    return directory;
  }

  Optional<DirectoryRecords> records() {
    return records;
  }

  Optional<Audit> audit() {
    return audit;
  }

  Optional<CipherCatalogue> ciphers() {
    return ciphers;
  }

  void come(AtStore service) {
    store = Optional.of(service);
  }

  void come(AtDirectory service) {
    directory = Optional.of(service);
  }

  void come(DirectoryRecords service) {
    records = Optional.of(service);
  }

  void come(Audit service) {
    audit = Optional.of(service);
  }

  void come(CipherCatalogue service) {
    ciphers = Optional.of(service);
  }

  /** A successor may have come before its predecessor goes. */
  void go(AtStore service) {
    store = store.filter(present -> present != service);
  }

  void go(AtDirectory service) {
    directory = directory.filter(present -> present != service);
  }

  void go(DirectoryRecords service) {
    records = records.filter(present -> present != service);
  }

  void go(CipherCatalogue service) {
    ciphers = ciphers.filter(present -> present != service);
  }

  void go(Audit service) {
    audit = audit.filter(present -> present != service);
  }
}
