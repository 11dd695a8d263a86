package parley.infra;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.services.ec2.GatewayVpcEndpointAwsService;
import software.amazon.awscdk.services.ec2.GatewayVpcEndpointOptions;
import software.amazon.awscdk.services.ec2.ISubnet;
import software.amazon.awscdk.services.ec2.Peer;
import software.amazon.awscdk.services.ec2.Port;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ec2.SubnetConfiguration;
import software.amazon.awscdk.services.ec2.SubnetType;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.elasticache.CfnServerlessCache;
import software.constructs.Construct;

/// A cache that instances of functions share, and the network that it and they are in.
///
/// What is in a network reaches the service's other parts only by a way out of it. The table has
/// one of its own that costs nothing; the secrets and the connections are reached through an
/// address translation, which is the dearest part of all this (docs/deploy.md has the sum).
final class SharedCache extends Construct {
  private static final int FROM_PORT = 6379;
  private static final int TO_PORT = 6380;
  private static final int SUBNET_BITS = 24;

  private final Vpc network;
  private final SecurityGroup functions;
  private final CfnServerlessCache cache;

  SharedCache(Construct scope) {
    super(scope, "SharedCache");
    network =
        Vpc.Builder.create(this, "Network")
            .maxAzs(2)
            .natGateways(1)
            .restrictDefaultSecurityGroup(false)
            .subnetConfiguration(
                List.of(
                    subnets("Way", SubnetType.PUBLIC),
                    subnets("Functions", SubnetType.PRIVATE_WITH_EGRESS)))
            .gatewayEndpoints(
                Map.of(
                    "Table",
                    GatewayVpcEndpointOptions.builder()
                        .service(GatewayVpcEndpointAwsService.DYNAMODB)
                        .build()))
            .build();
    functions =
        SecurityGroup.Builder.create(this, "Functions")
            .vpc(network)
            .description("Parley: functions that use the shared cache")
            .allowAllOutbound(false)
            .build();
    functions.addEgressRule(Peer.anyIpv4(), Port.tcp(443), "The service's other parts");
    SecurityGroup own =
        SecurityGroup.Builder.create(this, "Cache")
            .vpc(network)
            .description("Parley: the shared cache")
            .allowAllOutbound(false)
            .build();
    Port port = Port.tcpRange(FROM_PORT, TO_PORT);
    own.addIngressRule(functions, port, "Functions");
    functions.addEgressRule(own, port, "The cache");
    cache =
        CfnServerlessCache.Builder.create(this, "Valkey")
            .serverlessCacheName(Aws.STACK_NAME + "-cache")
            .engine("valkey")
            .cacheUsageLimits(
                CfnServerlessCache.CacheUsageLimitsProperty.builder()
                    .dataStorage(
                        CfnServerlessCache.DataStorageProperty.builder()
                            .maximum(Bounds.CACHE_GB)
                            .unit("GB")
                            .build())
                    .ecpuPerSecond(
                        CfnServerlessCache.ECPUPerSecondProperty.builder()
                            .maximum(Bounds.CACHE_UNITS_A_SECOND)
                            .build())
                    .build())
            .securityGroupIds(List.of(own.getSecurityGroupId()))
            .subnetIds(network.getPrivateSubnets().stream().map(ISubnet::getSubnetId).toList())
            .build();
  }

  private static SubnetConfiguration subnets(String name, SubnetType type) {
    SubnetConfiguration.Builder subnets =
        SubnetConfiguration.builder().name(name).subnetType(type).cidrMask(SUBNET_BITS);
    if (type == SubnetType.PUBLIC) {
      subnets.mapPublicIpOnLaunch(false);
    }
    return subnets.build();
  }

  Vpc network() {
    return network;
  }

  SecurityGroup functions() {
    return functions;
  }

  String url() {
    return "rediss://" + cache.getAttrEndpointAddress() + ":" + cache.getAttrEndpointPort();
  }
}
