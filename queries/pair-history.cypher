// Everything reported between $a and $b (persons or parties, required), oldest first.
CALL {
  MATCH (one:Person)-[:ATTENDED]->(m:Meeting)
  WHERE one.iri = $a
  RETURN m
  UNION
  MATCH (one:State)-[:PARTY_TO]->(m:Meeting)
  WHERE one.iri = $a
  RETURN m
  UNION
  MATCH (one:Organization)-[:PARTY_TO]->(m:Meeting)
  WHERE one.iri = $a
  RETURN m
}
WITH m
MATCH (m)<-[:ATTENDED|PARTY_TO]-(other)
WHERE other.iri = $b
WITH DISTINCT m
OPTIONAL MATCH (m)-[:HELD_IN]->(p:Place)
WITH m, p
OPTIONAL MATCH (m)-[:DISCUSSED]->(t:Topic)
WITH m, p, collect(DISTINCT t.name) AS topics
OPTIONAL MATCH (m)-[:REPORTED_IN]->(r:Report)
WITH m, p, topics, count(DISTINCT r) AS reports
RETURN m.iri AS meeting, m.when AS date, m.name AS label, m.status AS status, m.format AS format,
       p.name AS place, topics + coalesce(m.unmappedTopics, []) AS topics, reports
ORDER BY m.date, meeting
