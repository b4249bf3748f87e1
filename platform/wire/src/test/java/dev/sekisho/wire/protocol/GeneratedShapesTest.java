package dev.sekisho.wire.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sekisho.contract.Operation;
import dev.sekisho.contract.Protocol;
import dev.sekisho.contract.ServiceModel;
import dev.sekisho.contract.Structure;
import dev.sekisho.contract.accessanalyzer.AccessAnalyzerModel;
import dev.sekisho.contract.accessanalyzer.ValidatePolicyRequest;
import dev.sekisho.contract.accessanalyzer.ValidatePolicyResponse;
import dev.sekisho.contract.cloudtrail.LookupAttribute;
import dev.sekisho.contract.cloudtrail.LookupEventsRequest;
import dev.sekisho.contract.ec2.DescribeRegionsRequest;
import dev.sekisho.contract.ec2.DescribeRegionsResult;
import dev.sekisho.contract.ec2.Filter;
import dev.sekisho.contract.ec2.Region;
import dev.sekisho.contract.iam.CreateUserRequest;
import dev.sekisho.contract.iam.CreateUserResponse;
import dev.sekisho.contract.iam.IamModel;
import dev.sekisho.contract.iam.Tag;
import dev.sekisho.contract.iam.User;
import dev.sekisho.contract.kms.EncryptRequest;
import dev.sekisho.contract.kms.EncryptResponse;
import dev.sekisho.core.Blob;
import dev.sekisho.wire.WireRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Requests as AWS's clients send them, and answers as they expect them, on the real contract. */
class GeneratedShapesTest {

  private static String write(ServiceModel<?> service, String operation, Structure output) {
    Operation<?, ?, ?> named = service.operations().get(operation);
    return Wire.body(Codec.of(service.protocol()).write(service, named, output, "request-1"));
  }

  @Test
  void kmsEncrypt() {
    WireRequest request =
        Wire.post(
            "{\"KeyId\":\"alias/a\",\"Plaintext\":\"c2VjcmV0\","
                + "\"EncryptionContext\":{\"a\":\"b\",\"\":\"\"},\"GrantTokens\":[\"t\"],\"DryRun\":false}",
            "Content-Type",
            "application/x-amz-json-1.1");

    EncryptRequest read = Wire.read(Protocol.AWS_JSON_1_1, EncryptRequest.SHAPE, request);

    assertThat(read)
        .isEqualTo(
            EncryptRequest.builder()
                .keyId("alias/a")
                .plaintext(Blob.of("secret".getBytes(StandardCharsets.UTF_8)))
                .encryptionContext(Map.of("a", "b", "", ""))
                .grantTokens(List.of("t"))
                .dryRun(false)
                .build());
    assertThat(read.toString()).contains("alias/a", "plaintext=hidden").doesNotContain("c2VjcmV0");
  }

  @Test
  void kmsEncryptAnswer() {
    EncryptResponse response =
        EncryptResponse.builder()
            .keyId("arn:aws:kms:us-east-1:111122223333:key/1")
            .ciphertextBlob(Blob.of(new byte[] {1, 2, 3}))
            .encryptionAlgorithm("SYMMETRIC_DEFAULT")
            .build();

    assertThat(Wire.body(Wire.write(Protocol.AWS_JSON_1_1, response)))
        .isEqualTo(
            "{\"CiphertextBlob\":\"AQID\",\"KeyId\":\"arn:aws:kms:us-east-1:111122223333:key/1\","
                + "\"EncryptionAlgorithm\":\"SYMMETRIC_DEFAULT\"}");
  }

  @Test
  void iamCreateUser() {
    WireRequest request =
        Wire.post(
            "Action=CreateUser&Version=2010-05-08&UserName=ann&Path=%2Fteam%2F"
                + "&Tags.member.1.Key=a&Tags.member.1.Value=1&Tags.member.2.Key=b"
                + "&Tags.member.2.Value=");

    assertThat(Wire.read(Protocol.QUERY, CreateUserRequest.SHAPE, request))
        .isEqualTo(
            CreateUserRequest.builder()
                .userName("ann")
                .path("/team/")
                .tags(
                    List.of(
                        Tag.builder().key("a").value("1").build(),
                        Tag.builder().key("b").value("").build()))
                .build());
  }

  @Test
  void iamCreateUserAnswer() {
    CreateUserResponse response =
        CreateUserResponse.builder()
            .user(
                User.builder()
                    .path("/")
                    .userName("ann")
                    .userId("AIDA1")
                    .arn("arn:aws:iam::111122223333:user/ann")
                    .createDate(Instant.parse("2026-01-02T03:04:05Z"))
                    .tags(List.of(Tag.builder().key("a").value("<1>").build()))
                    .build())
            .build();

    assertThat(write(IamModel.SERVICE, "CreateUser", response))
        .isEqualTo(
            "<CreateUserResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\">"
                + "<CreateUserResult><User><Path>/</Path><UserName>ann</UserName>"
                + "<UserId>AIDA1</UserId><Arn>arn:aws:iam::111122223333:user/ann</Arn>"
                + "<CreateDate>2026-01-02T03:04:05Z</CreateDate>"
                + "<Tags><member><Key>a</Key><Value>&lt;1&gt;</Value></member></Tags>"
                + "</User></CreateUserResult>"
                + "<ResponseMetadata><RequestId>request-1</RequestId></ResponseMetadata>"
                + "</CreateUserResponse>");
  }

  @Test
  void ec2DescribeRegions() {
    WireRequest request =
        Wire.post(
            "Action=DescribeRegions&Version=2016-11-15&AllRegions=true&DryRun=false"
                + "&RegionName.1=eu-west-1&Filter.1.Name=region-name&Filter.1.Value.1=eu-*"
                + "&Filter.1.Value.2=us-*");

    assertThat(Wire.read(Protocol.EC2_QUERY, DescribeRegionsRequest.SHAPE, request))
        .isEqualTo(
            DescribeRegionsRequest.builder()
                .allRegions(true)
                .dryRun(false)
                .regionNames(List.of("eu-west-1"))
                .filters(
                    List.of(
                        Filter.builder()
                            .name("region-name")
                            .values(List.of("eu-*", "us-*"))
                            .build()))
                .build());
  }

  @Test
  void ec2DescribeRegionsAnswer() {
    DescribeRegionsResult result =
        DescribeRegionsResult.builder()
            .regions(
                List.of(
                    Region.builder()
                        .regionName("eu-west-1")
                        .endpoint("ec2.eu-west-1.amazonaws.com")
                        .optInStatus("opt-in-not-required")
                        .build()))
            .build();

    assertThat(Wire.body(Wire.write(Protocol.EC2_QUERY, result)))
        .contains(
            "<regionInfo><item>",
            "<regionName>eu-west-1</regionName>",
            "<regionEndpoint>ec2.eu-west-1.amazonaws.com</regionEndpoint>",
            "</item></regionInfo>");
  }

  @Test
  void accessAnalyzerValidatePolicy() {
    WireRequest request =
        Wire.request(
            "POST",
            "/policy/validation",
            "maxResults=5&nextToken=a%2Fb",
            "{\"locale\":\"EN\",\"policyDocument\":\"{}\",\"policyType\":\"IDENTITY_POLICY\"}",
            "Content-Type",
            "application/json");

    assertThat(Wire.read(Protocol.REST_JSON, ValidatePolicyRequest.SHAPE, request))
        .isEqualTo(
            ValidatePolicyRequest.builder()
                .locale("EN")
                .maxResults(5)
                .nextToken("a/b")
                .policyDocument("{}")
                .policyType("IDENTITY_POLICY")
                .build());
    assertThat(
            write(
                AccessAnalyzerModel.SERVICE,
                "ValidatePolicy",
                ValidatePolicyResponse.builder().findings(List.of()).build()))
        .isEqualTo("{\"findings\":[]}");
  }

  @Test
  void cloudTrailLookupEvents() {
    WireRequest request =
        Wire.post(
            "{\"LookupAttributes\":[{\"AttributeKey\":\"EventName\",\"AttributeValue\":\"Encrypt\"}],"
                + "\"StartTime\":1767323045,\"EndTime\":1.7673230455E9,\"MaxResults\":5}");

    assertThat(Wire.read(Protocol.AWS_JSON_1_1, LookupEventsRequest.SHAPE, request))
        .isEqualTo(
            LookupEventsRequest.builder()
                .lookupAttributes(
                    List.of(
                        LookupAttribute.builder()
                            .attributeKey("EventName")
                            .attributeValue("Encrypt")
                            .build()))
                .startTime(Instant.parse("2026-01-02T03:04:05Z"))
                .endTime(Instant.parse("2026-01-02T03:04:05.500Z"))
                .maxResults(5)
                .build());
  }
}
