package dev.sekisho.contract;

/** The wire protocols of AWS's APIs that Sekisho speaks. */
public enum Protocol {
  AWS_JSON_1_0,
  AWS_JSON_1_1,
  QUERY,
  EC2_QUERY,
  REST_JSON,
  REST_XML
}
