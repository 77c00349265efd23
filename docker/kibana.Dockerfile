FROM kibana:8.12.2
COPY sentineloneResponse.zip /tmp/
RUN bin/kibana-plugin install file:///tmp/sentineloneResponse.zip
