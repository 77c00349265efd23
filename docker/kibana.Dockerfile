FROM kibana:8.12.2
COPY sentineloneResponse-*_8.12.2.zip /tmp/
RUN bin/kibana-plugin install "file://$(ls /tmp/sentineloneResponse-*_8.12.2.zip)"
