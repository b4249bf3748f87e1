package dev.sekisho.core;

/**
 * A unit of work in the store: all of it is kept, or none. Only the store implements it; services
 * hand it to the store's own classes to reach SQL.
 */
public interface Transaction {}
