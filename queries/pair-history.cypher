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
WITH m, p, [(m)-[:DISCUSSED]->(t:Topic) | t.name] AS discussed
RETURN m.iri AS meeting, m.when AS date, m.name AS label, m.status AS status, m.format AS format,
       p.name AS place,
       reduce(found = [], one IN discussed | CASE WHEN one IN found THEN found ELSE found + [one] END)
         + coalesce(m.unmappedTopics, []) AS topics,
       COUNT { (m)-[:REPORTED_IN]->() } AS reports
ORDER BY m.date, meeting
